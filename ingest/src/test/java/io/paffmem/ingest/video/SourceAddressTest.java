package io.paffmem.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.video.SourceAddress.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourceAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://cam/live, http://cam:8080/other, ''",
    "http://cam/live, https://CAM/live, ''",
    "http://u:p@w@cam/live, http://cam/live, ''",
    "http://cam/live, http://cam@evil/live, evil",
    "http://cam/live, http://169.254.169.254/latest, 169.254.169.254",
    "http://[::1]:80/a, http://[::1]/b, ''",
    "http://[::1]:80/a, http://[::2]/b, [::2]",
    "rtsp://cam/a?x=http://cam, rtsp://other/a, other"
  })
  void leadsTo_anotherHost_isTold(String address, String location, String host) {
    assertThat(SourceAddress.of(address).leadsTo(location).orElse("")).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "clip.mp4, FILE",
    "/videos/a=b.mp4, FILE",
    "/dev/video0, DEVICE",
    "/dev/video, FILE",
    "rtsp://camera:554/live, RTSP",
    "RTSPS://camera/live, RTSP",
    "http://camera/mjpeg, HTTP",
    "https://host/clip.mp4, HTTP"
  })
  void of_text_tellsTheKind(String text, Kind kind) {
    assertThat(SourceAddress.of(text)).isEqualTo(new SourceAddress(kind, text));
  }

  @Test
  void of_otherScheme_saysWhichThereAre() {
    assertThatThrownBy(() -> SourceAddress.of("ftp://host/clip.mp4"))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("ftp://")
        .hasMessageContaining("rtsp://");
  }

  @Test
  void toString_addressWithSecrets_leavesThemOut() {
    assertThat(SourceAddress.of("rtsp://ann:p@ss@camera/live?token=t#x"))
        .hasToString("rtsp://camera/live");
    assertThat(SourceAddress.of("rtsp://ann:p/s?s@camera/live")).hasToString("rtsp://camera/live");
    assertThat(SourceAddress.of("http://camera/live?token=t")).hasToString("http://camera/live");
    assertThat(SourceAddress.of("a?b.mp4")).hasToString("a?b.mp4");
  }
}
