package io.paffmem.ingest.gateway;

import static io.paffmem.ingest.gateway.frames.Reply.refused;

import io.micrometer.core.instrument.Counter;
import io.paffmem.access.Grant;
import io.paffmem.ingest.gateway.Messages.FrameMark;
import io.paffmem.ingest.gateway.frames.Admission;
import io.paffmem.ingest.gateway.frames.Declaration;
import io.paffmem.ingest.gateway.frames.FrameLane;
import io.paffmem.ingest.gateway.frames.FramePipeline;
import io.paffmem.ingest.gateway.frames.LiveFrame;
import io.paffmem.ingest.gateway.frames.LiveStream;
import io.paffmem.ingest.gateway.frames.LiveStreams;
import io.paffmem.ingest.gateway.frames.Refusal;
import io.paffmem.ingest.gateway.frames.Reply;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket at {@code /v1/feed}. Messages are asked for one after another, and none while too
 * many replies are owed, so a feed that sends faster than it is served is held up by TCP.
 *
 * <p>Public for Jetty, which calls it by reflection; nobody else can make one.
 */
public final class FeedSocket implements Session.Listener, Replies.Line {
  private static final Logger LOG = LoggerFactory.getLogger(FeedSocket.class);
  private static final int NORMAL = 1000;
  private static final int POLICY = 1008;

  /** Replies to a feed that are owed at most: half a minute at 25 frames a second. */
  private static final int MAX_OWED = 750;

  private static final ByteBuffer NO_PAYLOAD = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final GatewayConfig config;
  private final Admission admission;
  private final LiveStreams streams;
  private final FramePipeline pipeline;
  private final GatewayCounters counters;
  private final FeedKeeper keeper;
  private final Replies replies;
  private final MessageBuffer picture;
  private final StringBuilder text = new StringBuilder();
  private final @Nullable String headerToken;
  private final String address;
  private final AtomicLong acceptedFrames = new AtomicLong();
  private final Runnable whenTakenOver = this::takenOver;
  private final long connectedNanos = System.nanoTime();

  private volatile @Nullable Session session;
  private volatile long heardNanos = connectedNanos;
  private volatile boolean hasOpened;
  private volatile @Nullable Grant grant;
  private volatile @Nullable Declaration declared;
  private volatile boolean ended; // or about to be: the rest that is sent is thrown away
  private boolean mustDemand; // guarded by replies

  // Guarded by this: Jetty calls with one message at a time, but may report the end meanwhile.
  private @Nullable FrameLane lane;
  private @Nullable LiveStream stream;
  private Reply.Refused notOpen =
      new Reply.Refused(Refusal.NOT_OPEN, "send open before the first picture");
  private @Nullable FrameMark mark;
  private long frames;
  private boolean textTooLong;

  // Used by the keeper's thread.
  private long pingedNanos = connectedNanos;
  private boolean givenUp;

  /**
   * @param headerToken the token of the request's Authorization header, if it had one
   * @param address of the other side, without its port
   */
  FeedSocket(
      GatewayConfig config,
      Admission admission,
      LiveStreams streams,
      FramePipeline pipeline,
      GatewayCounters counters,
      FeedKeeper keeper,
      @Nullable String headerToken,
      String address) {
    this.config = config;
    this.admission = admission;
    this.streams = streams;
    this.pipeline = pipeline;
    this.counters = counters;
    this.keeper = keeper;
    this.headerToken = headerToken;
    this.address = address;
    this.replies = new Replies(this, System::nanoTime, this::demandIfHeldUp);
    this.picture = new MessageBuffer(config.limits().maxFrameBytes(), pipeline.budget());
  }

  /** Of the other side, without its port. */
  String address() {
    return address;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    keeper.add(this);
    if (pipeline.isStopping()) {
      closeWhenSaid(FeedKeeper.GOING_AWAY, "the gateway stops; connect again");
    }
    opened.demand();
  }

  @Override
  public synchronized void onWebSocketPartialBinary(
      ByteBuffer payload, boolean last, Callback callback) {
    heard();
    // Who has no lane is refused whatever comes: nothing to keep.
    if (lane != null && !ended) {
      picture.add(payload);
    }
    callback.succeed();
    if (last && !ended) {
      frameArrived();
    }
    demand();
  }

  @Override
  public synchronized void onWebSocketPartialText(String payload, boolean last) {
    heard();
    textTooLong |= text.length() + payload.length() > Messages.MAX_CHARACTERS;
    if (!textTooLong) {
      text.append(payload);
    }
    if (last) {
      if (!ended) {
        messageArrived();
      }
      text.setLength(0);
      textTooLong = false;
    }
    demand();
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    heard();
    demand();
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    heard();
    Session present = session;
    if (present != null) {
      // Sent later than this returns, when the payload is Jetty's again.
      ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      // One pong at a time: a feed that does not read them is not read from either.
      present.sendPong(copy, Callback.from(this::demand, failure -> demand()));
    }
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // A connection that breaks; its close is reported too.
    LOG.debug("A feed's connection failed", cause);
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    end();
    keeper.remove(this);
    replies.failed();
    callback.succeed();
  }

  private void frameArrived() {
    long number = frames++;
    FrameMark marked = mark;
    mark = null;
    Replies.Place place = replies.keepPlace();
    Consumer<Reply> whenKnown =
        counters.counting(
            reply -> {
              if (reply instanceof Reply.Accepted) {
                acceptedFrames.incrementAndGet();
              }
              replies.fill(place, () -> Messages.reply(number, reply));
            });
    FrameLane through = lane;
    if (through == null) {
      whenKnown.accept(notOpen);
      return;
    }
    switch (picture.state()) {
      case WHOLE -> {
        Long capturedAt = marked == null ? null : marked.capturedAtMillis();
        through.submit(
            new LiveFrame(
                picture.take(),
                marked == null ? null : marked.sequence(),
                capturedAt == null ? pipeline.clock().millis() : capturedAt),
            whenKnown);
      }
      case TOO_LARGE -> whenKnown.accept(FrameLane.tooManyBytes(config.limits().maxFrameBytes()));
      case NO_ROOM ->
          whenKnown.accept(refused(Refusal.BUSY, "too many pictures wait; send this one again"));
    }
    picture.clear();
  }

  private void messageArrived() {
    if (textTooLong) {
      error(
          Refusal.INVALID_MESSAGE,
          "longer than %d characters; pictures go as binary messages"
              .formatted(Messages.MAX_CHARACTERS));
      return;
    }
    Messages.Message message = Messages.read(text.toString());
    if (message instanceof Messages.Open open) {
      open(open);
    } else if (message instanceof FrameMark marked) {
      mark(marked);
    } else if (message instanceof Messages.Close) {
      close();
    } else if (message instanceof Messages.Invalid invalid) {
      error(Refusal.INVALID_MESSAGE, invalid.problem());
    }
  }

  private void open(Messages.Open open) {
    if (lane != null) {
      error(Refusal.ALREADY_OPEN, "this connection has a stream; use another for another");
      return;
    }
    Declaration declared = open.declared();
    String token = open.token() == null ? headerToken : open.token();
    Admission.Outcome outcome = admission.judge(token, declared);
    if (outcome instanceof Admission.Rejected rejected) {
      refuseOpen(rejected.reply());
      return;
    }
    if (!keeper.opened(this)) {
      refuseOpen(new Reply.Refused(Refusal.BUSY, "no room for another feed; connect again later"));
      return;
    }
    grant = ((Admission.Admitted) outcome).grant();
    this.declared = declared;
    LiveStream mine = streams.of(declared.person(), declared.stream());
    double rate = Math.min(declared.rate(), config.limits().maxRate());
    mine.takeOver(whenTakenOver);
    mine.agree(rate);
    stream = mine;
    lane = pipeline.lane(declared, admission, mine);
    hasOpened = true;
    OptionalLong acknowledged = mine.acknowledged();
    replies.say(() -> Messages.opened(config.limits(), rate, acknowledged));
  }

  private void refuseOpen(Reply.Refused why) {
    // Pictures that are under way already are refused for the same reason.
    notOpen = why;
    error(why.reason(), why.message());
  }

  private void mark(FrameMark marked) {
    if (lane == null) {
      error(notOpen.reason(), notOpen.message());
    } else if (mark != null) {
      error(Refusal.INVALID_MESSAGE, "two frame messages in a row; a picture must come between");
    } else {
      mark = marked;
    }
  }

  private void close() {
    long sent = frames;
    end();
    // Put together after the replies before it, when the number of accepted frames is known.
    replies.say(() -> Messages.closed(sent, acceptedFrames.get()));
    replies.closeWhenSaid(NORMAL, "closed");
  }

  private void error(Refusal reason, String message) {
    replies.say(() -> Messages.error(reason, message));
  }

  private void takenOver() {
    error(Refusal.ALREADY_OPEN, "another connection has opened this stream");
    closeWhenSaid(POLICY, "another connection has opened this stream");
  }

  /** No frame is taken any more; the replies that are owed still go out. */
  void closeWhenSaid(int status, String reason) {
    ended = true;
    replies.closeWhenSaid(status, reason);
  }

  /** Looks whether the other side is still there; called now and then. */
  void look() {
    Session present = session;
    if (present == null || givenUp) {
      return;
    }
    Grant mine = grant;
    if (mine != null && mine.isRevoked() && !ended) {
      error(Refusal.UNAUTHORIZED, "the token, or its right, was taken away");
      closeWhenSaid(POLICY, "the token, or its right, was taken away");
    }
    Declaration opened = declared;
    if (opened != null && !ended && admission.isWithdrawn(opened)) {
      error(Refusal.CONSENT_WITHDRAWN, Admission.WITHDRAWN);
      closeWhenSaid(POLICY, "the consent was withdrawn");
    }
    GatewayConfig.Patience patience = config.patience();
    long now = System.nanoTime();
    if (replies.stuckNanos() > patience.reading().toNanos()) {
      giveUp(present, counters.slowReaders);
    } else if (now - heardNanos > patience.silence().toNanos()) {
      giveUp(present, counters.silentFeeds);
    } else if (!hasOpened && !ended && now - connectedNanos > patience.open().toNanos()) {
      counters.doorRefusal(GatewayCounters.Door.NO_OPEN);
      closeWhenSaid(POLICY, "no open came that could be granted");
    } else if (now - Math.max(heardNanos, pingedNanos) > patience.ping().toNanos()) {
      pingedNanos = now;
      present.sendPing(NO_PAYLOAD.slice(), Callback.NOOP);
    }
  }

  /** Others come, and this one has said nothing yet that could be granted. */
  void makeRoom() {
    ended = true;
    Session present = session;
    if (present != null) {
      present.disconnect();
    }
  }

  private void giveUp(Session present, Counter counter) {
    givenUp = true;
    counter.increment();
    present.disconnect();
  }

  private void heard() {
    // After the good-bye only the other side's is awaited, and not for ever, whatever else it says.
    if (!ended) {
      heardNanos = System.nanoTime();
    }
  }

  /** Asks for the next message, unless too many replies are owed. */
  private void demand() {
    synchronized (replies) {
      if (replies.owed() >= MAX_OWED) {
        mustDemand = true;
        return;
      }
    }
    demandNow();
  }

  private void demandIfHeldUp() {
    synchronized (replies) {
      if (!mustDemand || replies.owed() >= MAX_OWED) {
        return;
      }
      mustDemand = false;
    }
    demandNow();
  }

  private void demandNow() {
    Session present = session;
    if (present != null) {
      // After the gateway's close too, until the other side's has been read.
      present.demand();
    }
  }

  /** No frame is taken any more. */
  private synchronized void end() {
    ended = true;
    picture.clear();
    FrameLane through = lane;
    if (through != null) {
      through.close();
    }
    LiveStream mine = stream;
    if (mine != null) {
      mine.leave(whenTakenOver);
    }
  }

  @Override
  public void send(String reply, Runnable sent, Runnable failed) {
    Session present = session;
    if (present == null) {
      failed.run();
      return;
    }
    present.sendText(
        reply,
        Callback.from(
            sent,
            failure -> {
              failed.run();
              present.disconnect();
            }));
  }

  @Override
  public void close(int status, String reason) {
    Session present = session;
    if (present != null) {
      present.close(status, reason, Callback.NOOP);
    }
  }
}
