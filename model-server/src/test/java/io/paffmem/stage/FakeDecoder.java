package io.paffmem.stage;

import io.paffmem.prior.ImageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image of one byte is a face of that colour; any other is refused for the reason it spells. */
final class FakeDecoder implements ImageDecoder {
  final List<@Nullable Box> boxes = new ArrayList<>();

  static byte[] refused(String reason) {
    return reason.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Result decode(byte[] image, @Nullable Box box, byte[] pixels, int offset) {
    boxes.add(box);
    if (image.length != 1) {
      return new Refused(new String(image, StandardCharsets.US_ASCII));
    }
    Arrays.fill(pixels, offset, offset + FakePrior.FACE_BYTES, image[0]);
    return new Decoded();
  }

  @Override
  public void close() {}
}
