package io.paffmem.app;

import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.replay.Pace;
import io.paffmem.ingest.replay.Replay;
import io.paffmem.ingest.replay.ReplayCounts;
import io.paffmem.ingest.replay.ReplayListener;
import io.paffmem.ingest.video.VideoFile;
import io.paffmem.pipeline.RunSummary;
import io.paffmem.pipeline.StartException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A video through everything. */
@Command(
    name = "replay",
    description = {
      "Sends a video of one person through everything and shows what comes out.",
      "Without --bootstrap-servers the broker and all stages run in this process."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "VIDEO", description = "A file that FFmpeg can read.")
  private Path video;

  @Option(
      names = "--person",
      required = true,
      paramLabel = "NAME",
      description = "Who is seen; their memory goes on from video to video with --data.")
  private String person;

  @Mixin private RunOptions run;
  @Mixin private StageOptions stages;
  @Mixin private ModelOptions model;
  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    if (person.isBlank() || person.length() > 256) {
      throw new StartException("--person must have 1 to 256 characters");
    }
    run.check();
    // Before anything is started, as most mistakes are made here.
    try (VideoFile source = VideoFile.open(video);
        FaceFinder finder = new FaceFinder(FaceConfig.defaults());
        SourceRun everything = new SourceRun("replay", cluster, model, stages, out)) {
      LiveView view =
          everything.show(
              String.valueOf(video.getFileName()), source.estimatedPictures().orElse(-1));
      ReplayListener listener =
          new ReplayListener() {
            @Override
            public void publishing(long sequence) {
              everything.publishing(person, sequence);
            }

            @Override
            public void advanced(ReplayCounts soFar) {
              view.advance(soFar.frames());
            }
          };
      Pace pace = run.speed() == RunOptions.Speed.REAL ? Pace.real() : Pace.max();
      ReplayCounts counts =
          new Replay(source, finder, everything.stream(person), pace, listener).run();
      RunSummary summary = everything.finish(counts.frames(), counts.carriedBoxes());
      run.report(summary, out);
      if (summary.faces() == 0) {
        throw new StartException(
            "no face was found in "
                + video
                + "; it must show one person who looks at the camera, in light, not too far away");
      }
    }
    return 0;
  }
}
