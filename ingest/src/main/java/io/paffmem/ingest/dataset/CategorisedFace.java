package io.paffmem.ingest.dataset;

import java.nio.file.Path;

/**
 * A photograph of a face whose expression is known.
 *
 * @param person whose face it is
 * @param image the picture's file
 */
public record CategorisedFace(String person, Path image, Expression expression) {}
