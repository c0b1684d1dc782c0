/**
 * From pictures to one person's face: {@link io.paffmem.ingest.face.FaceFinder} looks for faces
 * with a {@link io.paffmem.ingest.face.FaceDetector}, follows one of them, and cuts it out as the
 * 96x96 picture that the networks expect.
 *
 * <p>{@code FaceDetector} is a port. {@code HaarFaceDetector} is behind it: the boosted cascade of
 * Haar features of Viola and Jones (Rapid Object Detection using a Boosted Cascade of Simple
 * Features, CVPR 2001), in OpenCV's implementation. {@link
 * io.paffmem.ingest.face.SharedFaceDetector} is the same for many feeds at once.
 */
@NullMarked
package io.paffmem.ingest.face;

import org.jspecify.annotations.NullMarked;
