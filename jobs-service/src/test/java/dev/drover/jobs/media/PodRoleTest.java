package dev.drover.jobs.media;

import dev.drover.testing.PodRoleContract;

class PodRoleTest extends PodRoleContract {}
