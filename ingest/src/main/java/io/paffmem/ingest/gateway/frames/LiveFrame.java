package io.paffmem.ingest.gateway.frames;

import org.jspecify.annotations.Nullable;

/**
 * One picture as it came.
 *
 * @param image JPEG or PNG, as the publisher says
 * @param sequence the publisher's own number; null if it does not number its frames
 * @param capturedAtMillis when the picture was taken, epoch milliseconds
 */
public record LiveFrame(byte[] image, @Nullable Long sequence, long capturedAtMillis) {}
