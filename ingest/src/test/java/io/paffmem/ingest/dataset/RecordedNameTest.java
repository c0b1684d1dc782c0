package io.paffmem.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecordedNameTest {
  @Test
  void stream_ofAnUtterance_namesVideoAndUtterance() {
    RecordedName name = new RecordedName("omg", "1", "1f61459b0", "utterance_1.mp4");

    assertThat(name.person()).isEqualTo("omg:1/1f61459b0");
    assertThat(name.stream()).isEqualTo("omg:1/1f61459b0/utterance_1.mp4");
    assertThat(name.stream()).startsWith(RecordedName.prefix("omg", "1"));
  }

  @Test
  void ofStream_whateverTheParts_givesThemBack() {
    for (RecordedName name :
        new RecordedName[] {
          new RecordedName("omg", "1", "v", "u"),
          new RecordedName("faces", "a:b/c", "Ann Lee", null),
          new RecordedName("affectnet", "100%", "dir/péré+1.jpg", "x:y/z"),
        }) {
      assertThat(RecordedName.ofStream(name.stream())).contains(name);
    }
  }

  @Test
  void ofStream_othersStreams_isEmpty() {
    for (String stream : new String[] {"replay-12ab34cd", "", "a/b", "a:b/c/d/e", "a:b/%zz"}) {
      assertThat(RecordedName.ofStream(stream)).as(stream).isEmpty();
    }
  }

  @Test
  void fits_longestThatAFrameCanBear() {
    int rest = "omg:1//u".length();

    assertThat(new RecordedName("omg", "1", "v".repeat(256 - rest), "u").fits()).isTrue();
    assertThat(new RecordedName("omg", "1", "v".repeat(257 - rest), "u").fits()).isFalse();
  }

  @Test
  void arousalScale_unit_isMappedThereAndBack() {
    assertThat(ArousalScale.UNIT.toSigned(0)).isEqualTo(-1);
    assertThat(ArousalScale.UNIT.toSigned(0.75)).isEqualTo(0.5);
    assertThat(ArousalScale.UNIT.fromSigned(0.5)).isEqualTo(0.75);
    assertThat(ArousalScale.SIGNED.toSigned(0.75)).isEqualTo(0.75);
    assertThat(ArousalScale.SIGNED.fromSigned(-0.5)).isEqualTo(-0.5);
  }
}
