package io.paffmem.topology;

import io.paffmem.memory.SeedingPolicy;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FaceLook;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A live run of several people, from a seed: what went in and what came out. Faces are random walks
 * in 50 dimensions; the imagining stage answers late, twice, out of order or not at all, so that
 * the clock refuses; frames come twice or from another model; people are reset and forgotten.
 */
final class Recording {
  static final List<String> PEOPLE = List.of("ann", "bob", "cid", "dee");

  /** Are taught, faces of strangers among them, and one teaching is taken back. */
  static final Set<String> TAUGHT = Set.of("ann", "cid");

  /** Is reset twice; what was taught goes over the second. */
  private static final String RESET = "cid";

  /** Is forgotten once. */
  static final String FORGOTTEN = "dee";

  private static final int FRAMES = 36;

  /** From one frame of anybody to the next: each person is seen four times a second or so. */
  static final long APART_MILLIS = 60;

  private static final int DIMENSIONS = 50;

  /** A record of the flow. */
  record Message(String topic, String person, SpecificRecord value, long timestampMillis) {
    /** The same of another person. */
    Message renamed(String suffix) {
      String name = person + suffix;
      SpecificRecord renamed;
      if (value instanceof Embedding e) {
        renamed =
            new Embedding(
                identity(e.getIdentity(), name),
                e.getCapturedAtMillis(),
                e.getZ(),
                e.getPrior(),
                e.getModelVersion(),
                e.getLabel(),
                e.getDeviation(),
                e.getLook(),
                e.getQuality());
      } else if (value instanceof Seeds s) {
        renamed =
            new Seeds(
                identity(s.getIdentity(), name),
                s.getModelVersion(),
                s.getGeneration(),
                s.getOutcome());
      } else if (value instanceof Teaching t) {
        renamed =
            new Teaching(
                t.getCommandId(),
                name,
                t.getKind(),
                t.getStreamId(),
                t.getSequence(),
                t.getFromMillis(),
                t.getToMillis(),
                t.getAffect(),
                t.getUndoes());
      } else {
        PersonCommand c = (PersonCommand) value;
        renamed =
            new PersonCommand(
                c.getCommandId(),
                name,
                c.getKind(),
                c.getCutoffMillis(),
                false,
                null,
                c.getKeepTeachings());
      }
      return new Message(topic, name, renamed, timestampMillis);
    }
  }

  /** An event with the timestamp of its record. */
  record Event(Emotion emotion, long timestampMillis) {}

  /** Embeddings, commands and teachings, in the order of the frames. */
  final List<Message> flow = new ArrayList<>();

  /** Records of the topic seeds, the clock's among them. */
  final List<Message> answers = new ArrayList<>();

  final List<Event> events = new ArrayList<>();

  /** What came of the teachings. */
  final List<PersonReceipt> lessons = new ArrayList<>();

  final Map<String, String> digests = new HashMap<>();
  final Map<Count, Long> counts = new EnumMap<>(Count.class);
  long forgetMillis;

  private final SplittableRandom random;
  private final Map<String, float[]> faces = new HashMap<>();
  private final Map<String, Integer> nextFrame = new HashMap<>();
  private final List<SeedRequest> unanswered = new ArrayList<>();
  private final List<SeedRequest> refused = new ArrayList<>();
  private long timestamp = StreamHarness.START.toEpochMilli();

  private Recording(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * What a recording is made with, and replayed with.
   *
   * @param seedingFrames of a newcomer that are looked at
   * @param seedingTime null for no end by time
   */
  record Seeding(SeedingPolicy policy, int seedingFrames, @Nullable Duration seedingTime) {
    /** As in the paper. */
    static Seeding everyFrame(@Nullable Duration seedingTime) {
      return new Seeding(SeedingPolicy.everyFrame(), 4, seedingTime);
    }

    /** About every second frame is another view. */
    static Seeding byNeed(@Nullable Duration seedingTime) {
      return new Seeding(new SeedingPolicy.ByNeed(0.25f, 4), 9, seedingTime);
    }
  }

  static TopologyConfig config(@Nullable Duration waitingLimit, Seeding seeding) {
    TopologyConfig standard = TopologyConfig.standard(StreamHarness.MODEL, 1);
    return standard.toBuilder()
        .seedingFrames(seeding.seedingFrames)
        .seeding(seeding.policy)
        .memory(
            standard.memory().toBuilder()
                .epochs(2)
                .insertionActivity(0.6f)
                .insertionHabituation(0.8f)
                .maxEdgeAge(20)
                .build())
        .cacheBytes(60_000) // a few people: the others are loaded cold
        .seedingTime(seeding.seedingTime)
        .waitingLimit(waitingLimit)
        .guard(GuardConfig.standard().withFirstFrames(5))
        .build();
  }

  static Recording live(long seed, Duration waitingLimit, Seeding seeding, AvroSerdes serdes) {
    Recording recording = new Recording(seed);
    TopologyConfig config = config(waitingLimit, seeding);
    try (StreamHarness stream = new StreamHarness(config, serdes)) {
      recording.run(stream);
    }
    return recording;
  }

  private void run(StreamHarness stream) {
    List<String> open = new ArrayList<>(PEOPLE);
    while (!open.isEmpty()) {
      int dice = random.nextInt(100);
      if (dice < 55) {
        String person = open.get(random.nextInt(open.size()));
        frame(stream, person);
        if (nextFrame.getOrDefault(person, 0) >= FRAMES) {
          open.remove(person);
        }
      } else if (dice < 80 && !unanswered.isEmpty()) {
        answer(stream, unanswered.remove(random.nextInt(unanswered.size())));
      } else if (dice < 90 && !refused.isEmpty()) {
        answer(stream, refused.remove(random.nextInt(refused.size())));
      } else if (dice < 96) {
        stream.advance(Duration.ofMillis(350));
      }
      collect(stream);
    }
    while (!unanswered.isEmpty()) {
      answer(stream, unanswered.remove(0));
      collect(stream);
    }
    stream.advance(Duration.ofSeconds(5));
    collect(stream);
    for (String person : PEOPLE) {
      digests.put(person, stream.digest(person));
    }
    for (Count counter : Count.values()) {
      counts.put(counter, stream.count(counter));
    }
  }

  private void frame(StreamHarness stream, String person) {
    int sequence = nextFrame.merge(person, 1, Integer::sum) - 1;
    timestamp += APART_MILLIS;
    if (TAUGHT.contains(person) && (sequence % 8 == 7 || sequence % 8 == 4)) {
      flow(stream, teaching(person, sequence));
    }
    if (person.equals(RESET) && (sequence == 10 || sequence == 20)) {
      flow(stream, command(person, CommandKind.RESET, sequence));
    }
    if (person.equals(FORGOTTEN) && sequence == 14) {
      forgetMillis = timestamp;
      flow(stream, command(person, CommandKind.FORGET, sequence));
      // One from before the cut-off that was still on its way.
      flow(stream, embedding(person, 1000, timestamp - 1, StreamHarness.MODEL));
    }
    boolean otherModel = random.nextInt(12) == 0;
    Message message =
        embedding(person, sequence, timestamp, otherModel ? "pk-0" : StreamHarness.MODEL);
    flow(stream, message);
    if (random.nextInt(8) == 0) {
      flow(stream, message); // sent twice
    }
  }

  private static String streamOf(long sequence) {
    return sequence % 3 == 2 ? "second" : "first";
  }

  private Message embedding(String person, long sequence, long millis, String model) {
    float[] face = faces.computeIfAbsent(person, p -> StreamHarness.face(p, 0, DIMENSIONS)).clone();
    for (int d = 0; d < DIMENSIONS; d++) {
      float step = 0.1f * (2 * (float) random.nextDouble() - 1);
      face[d] = Math.max(-1, Math.min(1, face[d] + step));
    }
    faces.put(person, face);
    return new Message(
        Topics.EMBEDDINGS,
        person,
        new Embedding(
            new FrameIdentity(person, streamOf(sequence), sequence),
            sequence,
            FloatVectors.pack(face),
            new Affect(face[0], face[1]),
            model,
            null,
            new Affect(0.25f, 0.5f),
            look(person, sequence).pack(),
            new FaceQuality(sequence % 7 != 3, 50f, 0.5f, 0f, null, 10f, null)),
        millis);
  }

  /** A label of the frame before; at 23 one is taken back. */
  private Message teaching(String person, int sequence) {
    boolean isUndo = sequence == 23;
    Teaching teaching =
        new Teaching(
            "t" + sequence,
            person,
            isUndo ? TeachingKind.UNDO : TeachingKind.LABEL,
            isUndo ? null : streamOf(sequence - 1),
            isUndo ? null : sequence - 1L,
            null,
            null,
            isUndo ? null : new Affect(0.5f, sequence / 40f),
            isUndo ? "t7" : null);
    return new Message(Topics.TEACHINGS, person, teaching, timestamp);
  }

  /** From the sixth frame on, somebody else is there now and then. */
  private static FaceLook look(String person, long sequence) {
    boolean stranger = sequence >= 6 && (5 * sequence + person.hashCode()) % 4 == 0;
    return GuardTest.look(stranger ? "stranger" : person, sequence);
  }

  private Message command(String person, CommandKind kind, int sequence) {
    return new Message(
        Topics.PERSON_COMMANDS,
        person,
        new PersonCommand("c" + sequence, person, kind, timestamp, false, null, sequence == 20),
        timestamp);
  }

  private void answer(StreamHarness stream, SeedRequest request) {
    int dice = random.nextInt(100);
    Seeds answer;
    if (dice < 25) {
      refused.add(request); // and may be answered late
      answer = StreamHarness.refuse(request, "invalid_request");
    } else {
      answer = StreamHarness.imagine(request);
      if (dice > 90) {
        refused.add(request); // and is answered twice
      }
    }
    Message message =
        new Message(Topics.SEEDS, request.getIdentity().getPersonId(), answer, timestamp);
    answers.add(message);
    send(stream, message);
  }

  private void flow(StreamHarness stream, Message message) {
    flow.add(message);
    send(stream, message);
  }

  private static void send(StreamHarness stream, Message message) {
    stream.send(message.topic(), message.person(), message.value(), message.timestampMillis());
  }

  private void collect(StreamHarness stream) {
    unanswered.addAll(stream.requests());
    for (Seeds refusal : stream.writtenSeeds()) {
      answers.add(
          new Message(Topics.SEEDS, refusal.getIdentity().getPersonId(), refusal, timestamp));
    }
    events.addAll(events(stream));
    lessons.addAll(lessons(stream));
  }

  static List<PersonReceipt> lessons(StreamHarness stream) {
    return stream.receipts().stream().filter(receipt -> receipt.getOutcome() != null).toList();
  }

  /** The id of each teaching of a person, what came of it, and how many there are then. */
  static List<String> outcomes(List<PersonReceipt> lessons, String person) {
    return lessons.stream()
        .filter(receipt -> receipt.getPersonId().equals(person))
        .map(r -> "%s %s %d".formatted(r.getCommandId(), r.getOutcome(), r.getTeachings()))
        .toList();
  }

  static List<Event> events(StreamHarness stream) {
    List<Event> events = new ArrayList<>();
    for (var record : stream.read(Topics.EMOTIONS)) {
      events.add(
          new Event(
              stream
                  .serdes
                  .of(Emotion.class)
                  .deserializer()
                  .deserialize(Topics.EMOTIONS, record.value()),
              record.timestamp()));
    }
    return events;
  }

  static Map<String, List<Event>> byPerson(List<Event> events) {
    Map<String, List<Event>> byPerson = new LinkedHashMap<>();
    for (Event event : events) {
      byPerson
          .computeIfAbsent(event.emotion().getIdentity().getPersonId(), p -> new ArrayList<>())
          .add(event);
    }
    return byPerson;
  }

  static Emotion renamed(Emotion e, String person) {
    return new Emotion(
        identity(e.getIdentity(), person),
        e.getCapturedAtMillis(),
        e.getAffect(),
        e.getSource(),
        e.getPrior(),
        e.getActivity(),
        e.getBestMatchingUnit(),
        e.getNeurons(),
        e.getFramesPerceived(),
        e.getModelVersion(),
        e.getLabel(),
        e.getFramesToSeed(),
        e.getDeviation(),
        e.getFidelity(),
        e.getTeachings(),
        e.getOfPerson(),
        e.getQuality());
  }

  private static FrameIdentity identity(FrameIdentity identity, String person) {
    return new FrameIdentity(person, identity.getStreamId(), identity.getSequence());
  }
}
