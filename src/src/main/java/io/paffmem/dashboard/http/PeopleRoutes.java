package io.paffmem.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.paffmem.access.Audit;
import io.paffmem.access.Grant;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.live.People;
import io.paffmem.dashboard.live.PersonState;
import io.paffmem.dashboard.live.QueueBudget;
import io.paffmem.schemas.PersonName;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /v1/people}: everybody, one person, and no more of one. */
public final class PeopleRoutes {
  private final Access access;
  private final DashboardConfig config;
  private final People people;
  private final PeopleUpdates updates;
  private final QueueBudget budget;
  private final Downloads lists;
  private final Forgetting forgetting;
  private final Work work;
  private final ReaderPlaces places;

  public PeopleRoutes(
      Access access,
      DashboardConfig config,
      People people,
      PeopleUpdates updates,
      QueueBudget budget,
      Downloads lists,
      Forgetting forgetting,
      Work work,
      ReaderPlaces places) {
    this.access = access;
    this.config = config;
    this.people = people;
    this.updates = updates;
    this.budget = budget;
    this.lists = lists;
    this.forgetting = forgetting;
    this.work = work;
    this.places = places;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/v1/people", this::everybody);
    routes.get("/v1/people/{person}", this::one);
    routes.delete("/v1/people/{person}", this::forget);
    routes.put("/v1/people/{person}/block", request -> block(request, true));
    routes.delete("/v1/people/{person}/block", request -> block(request, false));
  }

  private void everybody(Context request) throws IOException {
    var unused = new QueryParameters(request, Set.of(), Set.of());
    Grant grant = access.reader(request.header("Authorization"));
    String accept = request.header("Accept");
    if (accept != null && accept.contains("text/event-stream")) {
      stream(request, grant);
    } else {
      lists.answer(
          request,
          out -> {
            request.contentType("application/json");
            out.write(updates.all(grant));
          });
    }
  }

  private void stream(Context request, Grant grant) throws IOException {
    access.note(grant, Audit.Action.READ_EVENTS, Set.of());
    EventStream stream = places.open(request);
    PeopleReader reader = new PeopleReader(stream, grant, budget, System::nanoTime);
    stream.whenEnded(() -> updates.remove(reader));
    stream.begin(
        EventStream.atEnd(
            () -> {
              reader.written();
              updates.add(reader);
            }));
  }

  private void one(Context request) {
    QueryParameters given = new QueryParameters(request, Set.of("seconds"), Set.of());
    String person = PersonName.canonical(request.pathParam("person"));
    Grant grant = access.reader(request.header("Authorization"), List.of(person));
    access.noteOften(grant, Audit.Action.READ_PERSON, person);
    long longest = config.patience().history().toSeconds();
    long seconds = given.whole("seconds", 0, Long.MAX_VALUE / 1000, longest);
    PersonState state = people.find(person);
    if (state == null) {
      throw new RefusedException(
          ApiError.UNKNOWN_PERSON, "no event of this person came in the last minutes");
    }
    long now = people.nowMillis();
    request
        .contentType("application/json")
        .result(state.json(now, people.idleMillis(), now - Math.min(seconds, longest) * 1000));
  }

  private void forget(Context request) {
    var unused = new QueryParameters(request, Set.of(), Set.of());
    String person = PersonName.canonical(request.pathParam("person"));
    Grant grant = access.forgetter(request.header("Authorization"), person);
    access.note(grant, Audit.Action.FORGET, List.of(person));
    Forgetting.Request asked = forgetting.request(person);
    answer(request, () -> forgetting.carryOut(asked));
  }

  private void block(Context request, boolean isBlocked) {
    QueryParameters given = new QueryParameters(request, Set.of("consent"), Set.of());
    String consent = given.one("consent");
    if (consent != null && consent.isBlank()) {
      throw new RefusedException(ApiError.INVALID_REQUEST, "the consent is blank");
    }
    String person = PersonName.canonical(request.pathParam("person"));
    Grant grant = access.forgetter(request.header("Authorization"), person);
    access.note(grant, isBlocked ? Audit.Action.BLOCK : Audit.Action.UNBLOCK, List.of(person));
    Forgetting.Request asked = forgetting.request(person);
    answer(request, () -> forgetting.block(asked, consent, isBlocked));
  }

  private void answer(Context request, Supplier<Forgetting.Answer> command) {
    work.answer(
        request,
        () -> {
          Forgetting.Answer outcome = command.get();
          return () ->
              request
                  .status(outcome.isCertain() ? 200 : 202)
                  .contentType("application/json")
                  .result(outcome.json());
        });
  }
}
