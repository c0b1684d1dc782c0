package io.paffmem.ingest.face;

import io.paffmem.schemas.avro.FaceQuality;

/**
 * A face as it is published.
 *
 * @param jpeg 96x96, in colour
 * @param quality how well the picture shows it
 */
public record FaceCrop(byte[] jpeg, FaceQuality quality) {}
