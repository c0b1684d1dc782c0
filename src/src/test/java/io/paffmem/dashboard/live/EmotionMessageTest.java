package io.paffmem.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paffmem.schemas.avro.FaceQuality;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EmotionMessageTest {
  private final JsonMapper json = new JsonMapper();

  @Test
  void text_nobodyMeasuredTheFace_saysNothingOfIt() throws IOException {
    assertThat(quality(null).isMissingNode()).isTrue();
  }

  @Test
  void text_faceIsReadable_hasWhatWasMeasuredAndNoReasons() throws IOException {
    JsonNode quality = quality(new FaceQuality(true, 104f, 0.5f, 0f, 0.75f, null, null));

    assertThat(quality.path("readable").asBoolean()).isTrue();
    assertThat(quality.path("side").asDouble()).isEqualTo(104);
    assertThat(quality.path("score").asDouble()).isEqualTo(0.75);
    assertThat(quality.has("yawDegrees")).isFalse();
    assertThat(quality.has("reasons")).isFalse();
  }

  @Test
  void text_faceIsNotReadable_saysWhy() throws IOException {
    JsonNode quality = quality(new FaceQuality(false, 104f, 0.01f, 0.5f, null, null, null));

    assertThat(quality.path("reasons"))
        .extracting(JsonNode::asText)
        .containsExactly("blurred", "cut_off");
  }

  @Test
  void text_faceIsNotReadableByAnotherMeasure_hasNoReasons() throws IOException {
    JsonNode quality = quality(new FaceQuality(false, 104f, 0.5f, 0f, null, null, null));

    assertThat(quality.path("reasons").isArray()).isTrue();
    assertThat(quality.path("reasons")).isEmpty();
  }

  private JsonNode quality(@Nullable FaceQuality quality) throws IOException {
    Event event = ReadyEvent.of("ann", 1_700_000_000_000L, quality);
    return json.readTree(EmotionMessage.of(event).text()).path("quality");
  }
}
