package io.paffmem.app.options;

import io.paffmem.operations.Operations;
import io.paffmem.start.StartException;
import io.paffmem.web.WebConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the process tells operators how it is. */
public final class OperationsOptions {
  @Option(
      names = "--operations-port",
      paramLabel = "PORT",
      description =
          "Serves /metrics, /health/live and /health/ready there; 0 for any free port. Without it,"
              + " nothing is served.")
  private @Nullable Integer port;

  @Option(
      names = "--operations-host",
      paramLabel = "HOST",
      description =
          "Address to listen on for that; default ${DEFAULT-VALUE}. Neither encrypted nor"
              + " protected, so beyond this machine for a private network alone.")
  private String host = "127.0.0.1";

  /** Opens them; nothing is served yet. */
  public Operations open() {
    Integer wished = port;
    if (wished == null) {
      return new Operations(null);
    }
    if (wished < 0 || wished > 65_535) {
      throw new StartException("--operations-port is " + wished + ", must be 0 to 65535");
    }
    return new Operations(new WebConfig(host, wished, null, true));
  }
}
