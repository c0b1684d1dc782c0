package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

/** Goes through the exceptions that Kafka's clients and Kafka Streams have, whatever they are. */
class StreamFaultTest {
  /** Those that only people can mend. Everything else is worth a fresh thread. */
  private static final Set<String> LASTING =
      Set.of(
          "AuthenticationException",
          "AuthorizationException",
          "ClusterAuthorizationException",
          "ConfigException",
          "DelegationTokenAuthorizationException",
          "GroupAuthorizationException",
          "GroupMaxSizeReachedException",
          "IllegalSaslStateException",
          "InconsistentGroupProtocolException",
          "InvalidConfigurationException",
          "InvalidGroupIdException",
          "InvalidRecordException",
          "InvalidRequiredAcksException",
          "InvalidSessionTimeoutException",
          "InvalidTopicException",
          "InvalidTxnTimeoutException",
          "MisconfiguredInternalTopicException",
          "MissingInternalTopicsException",
          "PolicyViolationException",
          "RecordBatchTooLargeException",
          "RecordDeserializationException",
          "RecordTooLargeException",
          "SaslAuthenticationException",
          "SecurityDisabledException",
          "SerializationException",
          "SslAuthenticationException",
          "TopicAuthorizationException",
          "TopologyException",
          "TransactionalIdAuthorizationException",
          "UnsupportedCompressionTypeException",
          "UnsupportedForMessageFormatException",
          "UnsupportedSaslMechanismException",
          "UnsupportedVersionException");

  /** Those that come back although Kafka does not call them retriable. */
  private static final Set<String> AWAY =
      Set.of(
          "BrokerNotAvailableException",
          "MissingSourceTopicException",
          "RebalanceInProgressException");

  @Test
  void of_everyExceptionOfKafka_isLastingOnlyIfPeopleMustMendIt() throws Exception {
    Map<String, StreamFault> wrong = new TreeMap<>();
    Set<String> seen = new TreeSet<>();

    for (KafkaException one : exceptions()) {
      String name = one.getClass().getSimpleName();
      seen.add(name);
      StreamFault expected =
          LASTING.contains(name)
              ? StreamFault.LASTING
              : one instanceof RetriableException || AWAY.contains(name)
                  ? StreamFault.AWAY
                  : StreamFault.BROKEN;
      for (Throwable thrown :
          List.of(one, new StreamsException(one), new KafkaException("in an error state", one))) {
        StreamFault found = StreamFault.of(thrown);
        if (found != expected) {
          wrong.put(name, found);
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(seen).hasSizeGreaterThan(150).containsAll(LASTING).containsAll(AWAY);
  }

  @Test
  void of_transactionThatTheBrokerEndedDuringAPause_isBroken() {
    Throwable atCommit =
        new StreamsException(
            "Error encountered trying to commit a transaction",
            new InvalidTxnStateException("The producer attempted a transactional operation"));

    assertThat(StreamFault.of(atCommit)).isEqualTo(StreamFault.BROKEN);
  }

  @Test
  void of_bugOfOurs_isLasting() {
    assertThat(StreamFault.of(new IllegalStateException("a bug"))).isEqualTo(StreamFault.LASTING);
    assertThat(StreamFault.of(new StreamsException(new IllegalStateException("a bug"))))
        .isEqualTo(StreamFault.LASTING);
    assertThat(StreamFault.of(new OutOfMemoryError())).isEqualTo(StreamFault.LASTING);
  }

  @Test
  void of_diskThatFailsTheStore_isBroken() {
    assertThat(StreamFault.of(new ProcessorStateException("flush", new IOException("no space"))))
        .isEqualTo(StreamFault.BROKEN);
  }

  @Test
  void of_fullDisk_isAwayWhoeverSaysSo() {
    Throwable store =
        new ProcessorStateException(
            "Error while executing put",
            new RocksDBException("IO error: No space left on device: While appending to file"));
    Throwable checkpoint = new StreamsException(new IOException("No space left on device"));
    Throwable ours =
        new StreamsException(new UncheckedIOException(new IOException("Disk quota exceeded")));

    assertThat(List.of(store, checkpoint, ours))
        .allSatisfy(
            full -> {
              assertThat(StreamFault.of(full)).isEqualTo(StreamFault.AWAY);
              assertThat(StreamFault.diskFull(full)).isPresent();
            });
    assertThat(StreamFault.diskFull(new IOException("Input/output error"))).isEmpty();
  }

  @Test
  void of_registryThatRefuses_isLastingAndOneThatIsAwayIsNot() {
    Throwable refused =
        new StreamsException(new SerializationException("refused", new IOException("409")));
    Throwable away = new StreamsException(new TimeoutException("away", new IOException("no")));

    assertThat(StreamFault.of(refused)).isEqualTo(StreamFault.LASTING);
    assertThat(StreamFault.of(away)).isEqualTo(StreamFault.AWAY);
  }

  /** One of each public kind that can be made. */
  private static List<KafkaException> exceptions() throws Exception {
    List<KafkaException> made = new ArrayList<>();
    for (Class<?> type :
        Stream.concat(
                types(KafkaProducer.class, "org/apache/kafka/common/errors", 1),
                Stream.concat(
                    types(KafkaProducer.class, "org/apache/kafka/common", 1),
                    Stream.concat(
                        types(KafkaProducer.class, "org/apache/kafka/common/config", 1),
                        Stream.concat(
                            types(KafkaProducer.class, "org/apache/kafka/clients", 2),
                            types(KafkaStreams.class, "org/apache/kafka/streams/errors", 1)))))
            .toList()) {
      if (KafkaException.class.isAssignableFrom(type)
          && Modifier.isPublic(type.getModifiers())
          && !Modifier.isAbstract(type.getModifiers())) {
        made.add((KafkaException) make(type));
      }
    }
    return made;
  }

  private static Stream<Class<?>> types(Class<?> ofTheJar, String folder, int depth)
      throws Exception {
    URI jar =
        URI.create("jar:" + ofTheJar.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> types = new ArrayList<>();
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
        Stream<Path> paths = Files.walk(files.getPath(folder), depth)) {
      for (Path path : paths.toList()) {
        String name = path.toString();
        if (name.endsWith("Exception.class")) {
          types.add(Class.forName(name.substring(0, name.lastIndexOf('.')).replace('/', '.')));
        }
      }
    }
    return types.stream();
  }

  private static Object make(Class<?> type) throws Exception {
    Constructor<?> simplest =
        Stream.of(type.getConstructors())
            .min(Comparator.comparingInt((Constructor<?> one) -> one.getParameterCount()))
            .orElseThrow(() -> new AssertionError(type + " cannot be made"));
    List<Object> values = new ArrayList<>();
    for (Class<?> parameter : simplest.getParameterTypes()) {
      values.add(value(parameter).orElse(null));
    }
    return simplest.newInstance(values.toArray());
  }

  private static Optional<Object> value(Class<?> type) {
    if (type == String.class) {
      return Optional.of("x");
    }
    if (type == int.class) {
      return Optional.of(1);
    }
    if (type == long.class) {
      return Optional.of(1L);
    }
    if (type == double.class) {
      return Optional.of(1.0);
    }
    if (type == boolean.class) {
      return Optional.of(true);
    }
    if (type == Set.class) {
      return Optional.of(Set.of());
    }
    if (type == Map.class) {
      return Optional.of(Map.of());
    }
    if (type == TaskId.class) {
      return Optional.of(new TaskId(0, 0));
    }
    if (type == TopicPartition.class) {
      return Optional.of(new TopicPartition("x", 0));
    }
    return Optional.empty();
  }
}
