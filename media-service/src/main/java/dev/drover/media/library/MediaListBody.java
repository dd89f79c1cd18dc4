package dev.drover.media.library;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drover.media.MediaBody;

/** One page of an account's files, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MediaListBody(List<MediaBody> items, String nextCursor) {}
