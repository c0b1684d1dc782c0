package io.paffmem.app.serve;

import io.paffmem.access.AccessTokens;
import io.paffmem.access.Pseudonyms;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.query.InstanceProof;
import io.paffmem.query.MemoriesServer;
import io.paffmem.query.MemoryRoutes;
import io.paffmem.start.StartException;
import io.paffmem.topology.task.QueryAnswer;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether, where and to whom an instance of the topology tells memories. */
@SuppressWarnings("NullAway.Init") // mixins are set by picocli
final class MemoriesOptions {
  @Option(
      names = "--memories-port",
      paramLabel = "PORT",
      description =
          "Tells memories there to holders of a token that may read; 0 for any free port. Without"
              + " it, to nobody.")
  private @Nullable Integer port;

  @Option(
      names = "--memories-advertise",
      paramLabel = "HOST:PORT",
      description =
          "Where other instances ask this one for memories; default: --host (or this machine's name,"
              + " where that is every address) and --memories-port.")
  private @Nullable String advertised;

  @Mixin private WebOptions address;
  @Mixin private AccessOptions access;

  /**
   * What is told, checked; null for nothing.
   *
   * @param secret of the deployment
   * @param pseudonyms what people are called in the stream
   * @throws StartException if the port or the address is none, or tokens are named twice
   */
  @Nullable Told check(CommandSpec command, SecretOptions secret, Pseudonyms pseudonyms) {
    Integer wished = port;
    if (wished == null) {
      if (advertised != null) {
        throw new StartException("--memories-advertise needs --memories-port");
      }
      return null;
    }
    if (wished < 0 || wished > 65_535) {
      throw new StartException("--memories-port is " + wished + ", must be 0 to 65535");
    }
    Optional<AccessTokens> tokens = access.tokensIfAny(command);
    if (tokens.isEmpty()) {
      System.out.println(
          "Memories are told to nobody: there is no token (--access, PAFFMEM_TOKEN)");
      return null;
    }
    WebConfig web = address.web(wished);
    String told = advertised;
    if (told == null && wished > 0) {
      boolean isEverywhere = web.host().equals("0.0.0.0") || web.host().equals("::");
      String name = isEverywhere ? localName() : web.host();
      told = "%s:%d".formatted(name.contains(":") ? '[' + name + ']' : name, wished);
    }
    InstanceProof proof =
        secret.read().map(key -> new InstanceProof(key, Clock.systemUTC())).orElse(null);
    return new Told(web, tokens.get(), proof, pseudonyms, told);
  }

  private static String localName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new StartException(
          "this machine does not know its own name; name it with --memories-advertise HOST:PORT",
          e);
    }
  }

  /**
   * How memories are told.
   *
   * @param advertised {@code host:port} for other instances; null if that is not known before it
   *     listens
   */
  record Told(
      WebConfig web,
      AccessTokens tokens,
      @Nullable InstanceProof proof,
      Pseudonyms pseudonyms,
      @Nullable String advertised) {

    /** Begins to listen, and says where on standard output. */
    WebServer serve(Function<String, QueryAnswer> stream) {
      WebServer server =
          MemoriesServer.start(
              web, new MemoryRoutes(tokens, stream, web.tls() != null, proof, pseudonyms));
      System.out.println("Memories on " + server.address());
      return server;
    }
  }
}
