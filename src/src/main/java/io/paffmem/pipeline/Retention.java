package io.paffmem.pipeline;

import io.paffmem.topology.config.Changelog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * How long a topic keeps what was written to it, as the broker has it now.
 *
 * @param longest by when a record is gone, at the latest, after it came: Kafka removes whole
 *     segments, so this is the retention and the time that a segment is open; null for never
 * @param compacted whether only the latest record of each key stays, as in the memories' changelog:
 *     then the time is that of what was overwritten or deleted, and it holds while a topology runs,
 *     whose writes end the open segment
 */
public record Retention(String topic, @Nullable Duration longest, boolean compacted) {

  /**
   * Asks the broker.
   *
   * @return in the order of the topics; topics that are not there are left out
   * @throws StartException if the broker does not say
   */
  static List<Retention> of(Admin admin, List<String> topics) {
    List<Retention> retentions = new ArrayList<>();
    for (String topic : topics) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      try {
        Map<ConfigResource, Config> answer = admin.describeConfigs(List.of(resource)).all().get();
        Config config = answer.get(resource);
        if (config != null) {
          retentions.add(of(topic, config));
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new StartException("the broker does not say how long it keeps " + topic, e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartException("interrupted while asking for " + topic, e);
      }
    }
    return retentions;
  }

  static Retention of(String topic, Config config) {
    long segment = number(config, TopicConfig.SEGMENT_MS_CONFIG);
    String policy = text(config, TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      long lag = number(config, TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG);
      return new Retention(
          topic,
          lag == Long.MAX_VALUE ? null : sum(lag, segment).plus(Changelog.WRITE_INTERVAL),
          true);
    }
    long kept = number(config, TopicConfig.RETENTION_MS_CONFIG);
    return new Retention(topic, kept < 0 ? null : sum(kept, segment), false);
  }

  private static Duration sum(long oneMillis, long otherMillis) {
    return Duration.ofMillis(oneMillis).plusMillis(otherMillis);
  }

  private static long number(Config config, String key) {
    return Long.parseLong(text(config, key));
  }

  private static String text(Config config, String key) {
    ConfigEntry entry = config.get(key);
    if (entry == null || entry.value() == null) {
      throw new StartException("the broker does not say what " + key + " is");
    }
    return entry.value();
  }
}
