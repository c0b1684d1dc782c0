package io.paffmem.app;

import io.paffmem.start.StartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that are not on the command line: from the environment, then from the file named by
 * {@code --config}. A file may serve several commands, so a key is unknown only if no command knows
 * it.
 */
final class Settings implements IDefaultValueProvider {
  private static final String CONFIG = "--config";
  private static final String ENVIRONMENT_PREFIX = "PAFFMEM_";

  private final Map<String, String> environment;
  private final Properties file;

  private Settings(Map<String, String> environment, Properties file) {
    this.environment = environment;
    this.file = file;
  }

  /**
   * Reads and checks the file, if one is named.
   *
   * @throws StartException if it cannot be read or has unknown keys, all of them named
   */
  static Settings load(CommandLine commandLine, String[] args, Map<String, String> environment) {
    Properties properties = new Properties();
    String name = configFile(args, environment);
    if (name != null) {
      try (Reader reader = Files.newBufferedReader(Path.of(name))) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new StartException(
            "the configuration file "
                + name
                + " cannot be read ("
                + (e instanceof NoSuchFileException ? "there is no such file" : e.getMessage())
                + "); --config must name a UTF-8 text file of lines KEY=VALUE",
            e);
      }
      SortedSet<String> known = keys(commandLine);
      List<String> unknown = new ArrayList<>();
      for (String key : properties.stringPropertyNames()) {
        if (!known.contains(key)) {
          unknown.add(key);
        }
      }
      if (!unknown.isEmpty()) {
        throw new StartException(
            "the configuration file "
                + name
                + " has unknown keys: "
                + String.join(", ", new TreeSet<>(unknown))
                + "; known are: "
                + String.join(", ", known));
      }
    }
    return new Settings(environment, properties);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !isConfigurable(option)) {
      return null;
    }
    String key = key(option);
    String fromEnvironment = environment.get(variable(key));
    return fromEnvironment != null ? fromEnvironment : file.getProperty(key);
  }

  private static @Nullable String configFile(String[] args, Map<String, String> environment) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(CONFIG) && i + 1 < args.length) {
        return args[i + 1];
      }
      if (args[i].startsWith(CONFIG + "=")) {
        return args[i].substring(CONFIG.length() + 1);
      }
    }
    return environment.get(variable(CONFIG.substring(2)));
  }

  private static SortedSet<String> keys(CommandLine commandLine) {
    SortedSet<String> keys = new TreeSet<>();
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      if (isConfigurable(option)) {
        keys.add(key(option));
      }
    }
    for (CommandLine sub : commandLine.getSubcommands().values()) {
      keys.addAll(keys(sub));
    }
    return keys;
  }

  private static boolean isConfigurable(OptionSpec option) {
    return !option.usageHelp() && !option.versionHelp() && !option.longestName().equals(CONFIG);
  }

  private static String key(OptionSpec option) {
    return option.longestName().substring(2);
  }

  private static String variable(String key) {
    return ENVIRONMENT_PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
