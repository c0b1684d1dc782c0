package io.paffmem.dashboard.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.paffmem.access.Audit;
import io.paffmem.access.Grant;
import io.paffmem.dashboard.live.People;
import io.paffmem.dashboard.live.PersonState;
import io.paffmem.dashboard.memory.MemoryView;
import io.paffmem.dashboard.memory.PersonMemories;
import io.paffmem.query.MemoryAnswer;
import io.paffmem.query.MemoryAnswer.Found;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.PersonMemory;
import io.paffmem.schemas.PersonName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A person's memory, and the faces that are imagined from it. */
public final class MemoryViewRoutes {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int DEFAULT_SIZE = 5;

  private final Access access;
  private final People people;
  private final PersonMemories memories;
  private final Work work;

  public MemoryViewRoutes(Access access, People people, PersonMemories memories, Work work) {
    this.access = access;
    this.people = people;
    this.memories = memories;
    this.work = work;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/v1/people/{person}/memory", this::memory);
    routes.get("/v1/people/{person}/imagined.jpg", this::imagined);
    routes.get("/v1/people/{person}/figure2.jpg", this::figure2);
  }

  private void memory(Context request) {
    var unused = new QueryParameters(request, Set.of(), Set.of());
    String person = person(request, Audit.Action.READ_MEMORY);
    String authorization = authorization(request);
    answer(
        request,
        "application/json",
        () -> memories.memory(person, authorization),
        MemoryViewRoutes::json);
  }

  private void imagined(Context request) {
    QueryParameters given = new QueryParameters(request, Set.of("size"), Set.of());
    String person = person(request, Audit.Action.READ_FACES);
    int size = (int) given.whole("size", 2, 9, DEFAULT_SIZE);
    String authorization = authorization(request);
    answer(
        request,
        "image/jpeg",
        () -> memories.imagined(person, authorization, bestMatchingUnit(person), size),
        jpeg -> jpeg);
  }

  private void figure2(Context request) {
    var unused = new QueryParameters(request, Set.of(), Set.of());
    String person = person(request, Audit.Action.READ_FACES);
    String authorization = authorization(request);
    answer(
        request,
        "image/jpeg",
        () -> memories.figure2(person, authorization, bestMatchingUnit(person)),
        jpeg -> jpeg);
  }

  /** The person, whom the token may read. */
  private String person(Context request, Audit.Action action) {
    String person = PersonName.canonical(request.pathParam("person"));
    Grant grant = access.reader(request.header("Authorization"), List.of(person));
    access.noteOften(grant, action, person);
    return person;
  }

  private static String authorization(Context request) {
    String header = request.header("Authorization");
    return header == null ? "" : header;
  }

  private int bestMatchingUnit(String person) {
    PersonState state = people.find(person);
    return state == null ? -1 : state.latest().emotion().getBestMatchingUnit();
  }

  private interface Query<T> {
    MemoryAnswer<T> ask();
  }

  private <T> void answer(
      Context request, String contentType, Query<T> query, Function<T, byte[]> bytes) {
    work.answer(
        request,
        () -> {
          MemoryAnswer<T> answer = query.ask();
          if (answer instanceof Found<T> found) {
            byte[] body = bytes.apply(found.value());
            return () -> request.contentType(contentType).result(body);
          }
          return () -> DashboardServer.answer(request, (Missing<T>) answer);
        });
  }

  private static byte[] json(MemoryView memory) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("person", memory.person());
      json.writeNumberField("generation", memory.generation());
      json.writeStringField("modelVersion", memory.modelVersion());
      json.writeNumberField("seededFrames", memory.seededFrames());
      json.writeNumberField("framesPerceived", memory.framesPerceived());
      json.writeNumberField("waitingFrames", memory.waitingFrames());
      json.writeNumberField("capacity", memory.capacity());
      json.writeArrayFieldStart("neurons");
      for (MemoryView.Neuron neuron : memory.neurons()) {
        json.writeStartObject();
        json.writeNumberField("id", neuron.id());
        json.writeNumberField("x", neuron.x());
        json.writeNumberField("y", neuron.y());
        json.writeNumberField("arousal", neuron.arousal());
        json.writeNumberField("valence", neuron.valence());
        json.writeNumberField("habituation", neuron.habituation());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("edges");
      for (MemoryView.Edge edge : memory.edges()) {
        json.writeArray(new int[] {edge.a(), edge.b(), edge.age()}, 0, 3);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("projection");
      json.writeArrayFieldStart("explained");
      json.writeNumber(memory.projection().first());
      json.writeNumber(memory.projection().second());
      json.writeEndArray();
      json.writeEndObject();
      json.writeArrayFieldStart("taught");
      for (PersonMemory.Taught taught : memory.taught()) {
        json.writeStartObject();
        json.writeStringField("id", taught.id());
        json.writeBooleanField("neutral", taught.neutral());
        json.writeNumberField("arousal", taught.arousal());
        json.writeNumberField("valence", taught.valence());
        json.writeNumberField("faces", taught.faces());
        json.writeNumberField("seenAt", taught.seenAt());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
