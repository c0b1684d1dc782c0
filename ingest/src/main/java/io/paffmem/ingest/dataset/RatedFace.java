package io.paffmem.ingest.dataset;

import io.paffmem.ingest.face.Box;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A photograph whose expression was rated on the plane of arousal and valence.
 *
 * @param person whose face it is; where nobody knows, every picture counts as a person
 * @param image the picture's file
 * @param box where the face is in the picture; null if the picture is the face
 * @param arousal -1 to 1
 * @param valence -1 to 1
 * @param expression its category; null if it was given none of these
 */
public record RatedFace(
    String person,
    Path image,
    @Nullable Box box,
    float arousal,
    float valence,
    @Nullable Expression expression) {}
