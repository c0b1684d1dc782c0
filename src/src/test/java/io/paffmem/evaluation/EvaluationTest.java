package io.paffmem.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.evaluation.Evaluation.GeometryFigures;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.Geometry;
import io.paffmem.evaluation.prior.ImaginedGrain;
import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.ByAnswer;
import io.paffmem.evaluation.statistics.Intervals;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
  @Test
  void json_everyFigure_whereReadersLookForIt() {
    List<Row> rows =
        List.of(
            new Row("ann", "glad", 0.5f, 1),
            new Row("ann", "glad", 0.5f, 1),
            new Row("ann", "sad", -0.5f, 1),
            new Row("bob", "sad", -0.5f, 1));
    float[] affect = {0.25f, 1, 0.75f, 0, -0.5f, 0, -0.5f, 0};
    EmbeddedFaces faces = new EmbeddedFaces(rows, 1, new float[] {0, 1, 3, 7}, affect, 2);
    GeometryFigures geometry =
        GeometryFigures.of(
            Geometry.of(faces, 1),
            OptionalDouble.of(1),
            OptionalDouble.of(2),
            OptionalDouble.empty());

    Evaluation evaluation =
        Evaluation.of(
            "faces",
            "plain-1",
            faces,
            memory(0.5f, 0, 0.25f, 1, -0.5f, 0, -0.5f, 0),
            Map.of("unreadable", 2),
            Set.of(),
            1,
            geometry,
            new Evaluation.Imagined(null, null, new ImaginedGrain.Power(0, null, null)));

    JsonNode json = new ObjectMapper().valueToTree(evaluation);
    assertThat(json.at("/modelVersion").asText()).isEqualTo("plain-1");
    assertThat(json.at("/rows").asInt()).isEqualTo(4);
    assertThat(json.at("/people").asInt()).isEqualTo(2);
    assertThat(json.at("/leftOut/unreadable").asInt()).isEqualTo(2);
    assertThat(json.at("/ccc/prior/arousal").asDouble()).isBetween(0.9, 1.0);
    assertThat(json.at("/ccc/memory/arousal").asDouble()).isBetween(0.9, 0.99);
    assertThat(json.at("/perPerson/ann/neurons").asInt()).isEqualTo(7);
    assertThat(json.at("/memory/seededShare").asDouble()).isEqualTo(1);
    // All labels of valence are 1.
    for (String measure : List.of("ccc", "correlation", "balancedCcc", "cccInterval")) {
      assertThat(json.at("/" + measure + "/prior/valence").isNull()).as(measure).isTrue();
    }
    assertThat(json.at("/cccInterval/prior/arousal/low").isNumber()).isTrue();
    JsonNode glad = json.at("/perClass/glad");
    assertThat(glad.at("/count").asInt()).isEqualTo(2);
    assertThat(glad.at("/label/valence").asDouble()).isEqualTo(1);
    assertThat(glad.at("/arousal/mean").asDouble()).isEqualTo(0.5);
    assertThat(glad.at("/arousal/sd").asDouble()).isCloseTo(0.25, within(1e-9));
    assertThat(glad.at("/valence/sd").asDouble()).isCloseTo(0.5, within(1e-9));
    assertThat(json.at("/geometry/sd/minimum").isNumber()).isTrue();
    assertThat(json.at("/geometry/explained").isNumber()).isTrue();
    assertThat(json.at("/geometry/auc").asDouble()).isEqualTo(1);
    assertThat(json.at("/geometry/reencoding").asDouble()).isEqualTo(1);
    assertThat(json.at("/geometry/nextFrame").isNull()).isTrue();
    assertThat(json.at("/imagined/identity").isNull()).isTrue();
  }

  @Test
  void json_nothingMeasuredOfImaginedFaces_isNull() {
    EmbeddedFaces faces =
        new EmbeddedFaces(List.of(new Row("a", "x", 0, 0)), 1, new float[1], new float[2], 0);

    Evaluation evaluation =
        Evaluation.of(
            "faces",
            "plain-1",
            faces,
            memory(0, 0),
            Map.of(),
            Set.of(),
            1,
            GeometryFigures.of(
                Geometry.of(faces, 1),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty()),
            new Evaluation.Imagined(null, null, new ImaginedGrain.Power(0, null, null)));

    JsonNode json = new ObjectMapper().valueToTree(evaluation);
    assertThat(json.at("/imagined/identity").isNull()).isTrue();
    assertThat(json.at("/imagined/grain/imaginedOverTrue").isNull()).isTrue();
  }

  private static MemoryEvaluation.Evaluated memory(float... answers) {
    return new MemoryEvaluation.Evaluated(
        new MemoryEvaluation(new Intervals(null, null), 1.0, 7, 5, List.of(), List.of()),
        answers,
        Map.of(
            "ann",
            new MemoryEvaluation.PerPerson(
                answers.length / 2,
                new ByAnswer<>(new Axes(0.5, null), new Axes(0.6, null)),
                7,
                5)));
  }
}
