package io.paffmem.bench.command;

import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.options.SummaryOption;
import io.paffmem.app.terminal.Tables;
import io.paffmem.bench.EncoderRates;
import io.paffmem.bench.EncoderRates.Rate;
import io.paffmem.bench.EncoderRates.Report;
import io.paffmem.bench.onnx.OnnxPeer;
import io.paffmem.prior.SavedModelPrior;
import io.paffmem.start.Problems;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The PK alone, beside the machine's matrix products and another runtime. */
@Command(
    name = "encode",
    description = {
      "Faces and operations a second of the PK, to embed faces and to imagine and embed them,"
          + " beside"
          + " the rate of matrix products on this machine and beside ONNX Runtime on the same"
          + " weights; and how long loading and the first answer take."
    })
final class EncodeBench implements Callable<Integer> {
  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long to measure; default ${DEFAULT-VALUE}.")
  private double seconds = 60;

  @Mixin private SummaryOption summary = new SummaryOption();
  @Mixin private ModelOptions model = new ModelOptions();

  @Override
  public Integer call() throws Exception {
    Problems problems = new Problems();
    problems.addIf(!(seconds > 0 && seconds <= 3600), "--seconds must be above 0 and at most 3600");
    summary.check(problems);
    problems.throwIfAny();
    PrintStream out = System.out;
    long begin = System.nanoTime();
    try (SavedModelPrior prior = model.load()) {
      double loaded = (System.nanoTime() - begin) / 1e9;
      prior.encode(new byte[prior.imageSize() * prior.imageSize() * 3], 1);
      double answered = (System.nanoTime() - begin) / 1e9;
      double process =
          (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
      Report report = new EncoderRates(prior, new OnnxPeer(), seconds).measure();
      out.printf(
          Locale.ROOT,
          "PK %s on %s, %d cores, %d rounds%n",
          prior.modelVersion(),
          prior.device(),
          Runtime.getRuntime().availableProcessors(),
          report.rounds());
      out.printf(
          Locale.ROOT,
          "loaded in %.2f s, first answer after %.2f s, %.2f s after the process began%n",
          loaded,
          answered,
          process);
      out.print(text(report));
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("modelVersion", prior.modelVersion());
      figures.put("device", prior.device());
      figures.put("cores", Runtime.getRuntime().availableProcessors());
      figures.put("loadSeconds", loaded);
      figures.put("firstAnswerSeconds", answered);
      figures.put("firstAnswerSecondsOfProcess", process);
      figures.put("rates", report);
      summary.write(figures);
    }
    return 0;
  }

  private static String text(Report report) {
    StringBuilder text = new StringBuilder();
    report
        .productGigaflops()
        .forEach(
            (shape, rate) ->
                text.append(
                    String.format(Locale.ROOT, "matrix product %s: %.0f GFLOP/s%n", shape, rate)));
    text.append(
        String.format(
            Locale.ROOT,
            "peer: %s, z the same to %.0e%n",
            report.peer(),
            report.largestDifference()));
    text.append(table("encode", report.encodeOperations(), report.encode()));
    text.append(
        table(
            "generate_and_encode",
            report.generateAndEncodeOperations(),
            report.generateAndEncode()));
    return text.toString();
  }

  private static String table(String name, long operations, List<Rate> rates) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("batch", "faces/s", "GFLOP/s", "/square", "/im2col", "peer, faces/s", "/peer"));
    for (Rate rate : rates) {
      rows.add(
          List.of(
              Integer.toString(rate.batch()),
              number("%,.0f", rate.facesPerSecond()),
              number("%.0f", rate.gigaflops()),
              number("%.2f", rate.ofSquareProduct()),
              number("%.2f", rate.ofLayerProducts()),
              number("%,.0f", rate.peerFacesPerSecond()),
              number("%.2f", rate.ofPeer())));
    }
    return String.format(Locale.ROOT, "%n%s, %.1f MFLOP a face%n", name, operations / 1e6)
        + Tables.render(rows);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
