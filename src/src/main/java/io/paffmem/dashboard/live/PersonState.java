package io.paffmem.dashboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** What is known of a person now: of the latest event, and of the pace of the last ones. */
public final class PersonState {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_BYTES = 512;

  /** Weight of the latest interval and lag in their running means. */
  private static final double NEWEST = 1.0 / 16;

  /** Answers of the PK alone without the memory growing, after which nobody is being seeded. */
  private static final int PRIOR_ALONE = 250;

  enum State {
    /** The memory has yet to be seeded with some frames. */
    SEEDING,
    /** The memory answers. */
    READY,
    /** The PK alone answers. */
    PRIOR_ONLY,
    /** No frame comes. */
    IDLE
  }

  private final String person;
  private final History history = new History();

  private Event latest;
  private long arrivedMillis;
  private double intervalMillis;
  private double lagMillis = -1;
  private boolean hasBegun;
  private int priorInARow;
  private long change;
  private @Nullable State shown;
  private boolean isWritten;
  private SerializedString written = new SerializedString("");

  /**
   * @param first what it begins with; to be taken as the others are
   */
  PersonState(Event first) {
    this.person = first.person();
    this.latest = first;
  }

  public String person() {
    return person;
  }

  History history() {
    return history;
  }

  /** The latest event. */
  public synchronized Event latest() {
    return latest;
  }

  /**
   * Takes an event.
   *
   * @param nowMillis when it arrived; for one that was there at the start, when it was ingested
   * @param changeNumber of the update that will tell of it
   */
  synchronized void take(Event event, long nowMillis, long idleMillis, long changeNumber) {
    Event before = latest;
    long interval = event.ingestedAtMillis() - before.ingestedAtMillis();
    if (hasBegun && interval >= 0 && interval < idleMillis) {
      intervalMillis =
          intervalMillis == 0 ? interval : intervalMillis + NEWEST * (interval - intervalMillis);
    }
    if (!event.isHistory()) {
      long lag = Math.max(0, nowMillis - event.ingestedAtMillis());
      lagMillis = lagMillis < 0 ? lag : lagMillis + NEWEST * (lag - lagMillis);
    }
    boolean hasGrown = event.emotion().getFramesPerceived() > before.emotion().getFramesPerceived();
    priorInARow = event.emotion().getSource() == Source.PRIOR && !hasGrown ? priorInARow + 1 : 0;
    hasBegun = true;
    arrivedMillis = nowMillis;
    latest = event;
    change = changeNumber;
    isWritten = false;
  }

  private State state(long nowMillis, long idleMillis) {
    if (nowMillis - arrivedMillis > idleMillis) {
      return State.IDLE;
    }
    if (latest.emotion().getFramesToSeed() > 0 && priorInARow < PRIOR_ALONE) {
      return State.SEEDING;
    }
    return latest.emotion().getSource() == Source.MEMORY ? State.READY : State.PRIOR_ONLY;
  }

  /**
   * The latest update that has to tell of this person.
   *
   * @param changeNumber of this update, in case time alone has changed the state
   */
  public synchronized long change(long nowMillis, long idleMillis, long changeNumber) {
    State now = state(nowMillis, idleMillis);
    if (now != shown) {
      shown = now;
      change = changeNumber;
      isWritten = false;
    }
    return change;
  }

  /** The person as JSON, written once for each change, to be copied into that of a list. */
  public synchronized SerializableString json(long nowMillis, long idleMillis) {
    State state = state(nowMillis, idleMillis);
    if (!isWritten || state != shown) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        writeFields(json, state);
        json.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      written = new SerializedString(out.toString(UTF_8));
      isWritten = state == shown;
    }
    return written;
  }

  /** The person and the history since a time as JSON. */
  public synchronized byte[] json(long nowMillis, long idleMillis, long fromMillis) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      writeFields(json, state(nowMillis, idleMillis));
      json.writeFieldName("history");
      history.write(json, fromMillis);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void writeFields(JsonGenerator json, State state) throws IOException {
    Emotion emotion = latest.emotion();
    json.writeStringField("person", person);
    json.writeStringField("stream", emotion.getIdentity().getStreamId());
    json.writeStringField("state", state.name());
    EmotionMessage.writeFields(json, emotion.getAffect());
    EmotionMessage.write(json, "prior", emotion.getPrior());
    json.writeStringField("source", emotion.getSource().name());
    EmotionMessage.writeOfPerson(json, emotion);
    EmotionMessage.writeQuality(json, emotion);
    json.writeNumberField("activity", emotion.getActivity());
    json.writeNumberField("bestMatchingUnit", emotion.getBestMatchingUnit());
    json.writeNumberField("neurons", emotion.getNeurons());
    json.writeNumberField("framesPerceived", emotion.getFramesPerceived());
    json.writeNumberField("framesToSeed", emotion.getFramesToSeed());
    json.writeNumberField("framesPerSecond", tenths(framesPerSecond(state)));
    if (lagMillis < 0) {
      json.writeNullField("lagMillis");
    } else {
      json.writeNumberField("lagMillis", Math.round(lagMillis));
    }
    json.writeNumberField("lastFrameAt", latest.ingestedAtMillis());
    json.writeStringField("modelVersion", emotion.getModelVersion());
  }

  private double framesPerSecond(State state) {
    return state == State.IDLE || intervalMillis <= 0 ? 0 : 1000 / intervalMillis;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
