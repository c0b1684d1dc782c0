package io.paffmem.app.serve;

import io.paffmem.access.AccessTokens;
import io.paffmem.start.StartException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which tokens are good. */
final class AccessOptions {
  @Option(
      names = "--access",
      paramLabel = "FILE",
      description = "JSON file of tokens and their rights; docs/gateway.md describes it.")
  private @Nullable Path access;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "One token with every right, instead of --access. Others on this machine see a command"
              + " line, so better in the environment: PAFFMEM_TOKEN.")
  private @Nullable String token;

  /**
   * The tokens.
   *
   * @param command which of the two stands on its command line
   * @throws StartException if there are none, or two kinds
   */
  AccessTokens tokens(CommandSpec command) {
    return tokensIfAny(command)
        .orElseThrow(
            () ->
                new StartException(
                    "name the tokens that are good here: an access file with --access, or one token"
                        + " for everything in the environment, PAFFMEM_TOKEN=$(openssl rand -hex"
                        + " 32)"));
  }

  /**
   * The tokens; empty if there are none.
   *
   * @param command which of the two stands on its command line
   * @throws StartException if there are two kinds
   */
  Optional<AccessTokens> tokensIfAny(CommandSpec command) {
    Path file = access;
    // A variable that is there and empty says nothing, as Compose has it.
    String one = token == null || token.isEmpty() ? null : token;
    if (file != null && one != null) {
      // The command line wins, as everywhere; PAFFMEM_TOKEN is often set for those who publish.
      var said = command.commandLine().getParseResult();
      if (said.hasMatchedOption("--access") == said.hasMatchedOption("--token")) {
        throw new StartException(
            "tokens are named twice, by --access (PAFFMEM_ACCESS) and by --token (PAFFMEM_TOKEN);"
                + " leave one out, or give one on the command line, which wins");
      }
      return Optional.of(
          said.hasMatchedOption("--access") ? AccessTokens.read(file) : AccessTokens.single(one));
    }
    return Optional.ofNullable(file)
        .map(AccessTokens::read)
        .or(() -> Optional.ofNullable(one).map(AccessTokens::single));
  }
}
