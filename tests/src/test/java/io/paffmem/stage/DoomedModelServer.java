package io.paffmem.stage;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.cluster.KafkaSettings;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.schemas.AvroSerdes;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A model server in a process of its own that kills itself, without any clean-up, between sending
 * and committing its so many-th transaction.
 */
final class DoomedModelServer {
  private DoomedModelServer() {}

  /**
   * Runs until it dies.
   *
   * @param args file of client settings, instance id, number of the fatal transaction, folder of
   *     the model
   */
  public static void main(String[] args) {
    AtomicInteger left = new AtomicInteger(Integer.parseInt(args[2]));
    MeterRegistry meters = new SimpleMeterRegistry();
    KafkaClients clients =
        new KafkaClients() {
          @Override
          public Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
            return KafkaClients.real(meters).consumer(config);
          }

          @Override
          public Producer<byte[], byte[]> producer(Map<String, Object> config) {
            return new KafkaProducer<>(
                config, new ByteArraySerializer(), new ByteArraySerializer()) {
              @Override
              public void commitTransaction() {
                if (left.decrementAndGet() == 0) {
                  flush(); // what was sent is on the broker, uncommitted
                  Runtime.getRuntime().halt(137);
                }
                super.commitTransaction();
              }
            };
          }
        };
    Map<String, String> client = KafkaSettings.read(Path.of(args[0]));
    String servers = requireNonNull(client.remove("bootstrap.servers"));
    SavedModelPrior prior = SavedModelPrior.load(Path.of(args[3]), Device.CPU);
    new ModelServer(
            ModelServerConfig.at(servers, args[1]).on(client, false),
            prior,
            null,
            new TensorFlowImageDecoder(prior.imageSize()),
            AvroSerdes.inMemory(),
            meters,
            clients)
        .start();
  }
}
