package dev.drover.media.store;

import dev.drover.testing.PodRoleContract;

class PodRoleTest extends PodRoleContract {}
