package io.paffmem.topology.store;

import io.paffmem.memory.MemoryState;
import io.paffmem.memory.guard.PersonLook;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.person.FormerMemory;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One person as a store has them: what was committed last, where {@link MemoryReader} read it, and
 * the present between two frames, where the task was asked. The store knows nobody's name.
 *
 * @param person stands for the name
 * @param modelVersion the PK whose z the memory holds; empty before the first frame, and of a
 *     person who was forgotten
 * @param generation generation of the memory
 * @param seededFrames frames whose imagined faces trained it; once seeding is over, the number of
 *     frames that are looked at for it
 * @param framesPerceived frames that it recognised and learnt from
 * @param neurons its neurons, as the header says
 * @param waitingFrames frames that wait for seeds
 * @param lastFrameMillis latest time of ingest of a frame; null if none is known
 * @param memory the neurons; null where only headers were asked for
 * @param formerModelVersion the PK before, whose memory is kept until this one is seeded; null if
 *     none is, or only headers were asked for
 * @param damage what is wrong with the person's rows; null if nothing. The stream finds it too, and
 *     starts that memory over
 * @param look how the person looks; empty where that is not known, or only headers were asked for
 */
public record StoredMemory(
    PersonHash person,
    String modelVersion,
    int generation,
    int seededFrames,
    long framesPerceived,
    int neurons,
    int waitingFrames,
    @Nullable Long lastFrameMillis,
    @Nullable MemoryState memory,
    @Nullable String formerModelVersion,
    @Nullable String damage,
    PersonLook look) {

  /** The present, a copy of its own. */
  public static StoredMemory of(Person person) {
    PersonHeader header = person.header();
    FormerMemory former = person.former();
    return new StoredMemory(
        person.hash(),
        header.modelVersion(),
        header.generation(),
        header.seeded(),
        header.framesPerceived(),
        person.memory().size(),
        person.waitingFrames(),
        lastFrame(header),
        person.memory().copy(),
        former == null ? null : former.modelVersion(),
        null,
        person.look().copy());
  }

  static @Nullable Long lastFrame(PersonHeader header) {
    return header.lastFrameMillis() == PersonHeader.NO_FRAME ? null : header.lastFrameMillis();
  }

  /** Whether no frame is known of the person: none came yet, or they were forgotten. */
  public boolean isForgotten() {
    return modelVersion.isEmpty() && lastFrameMillis == null && damage == null;
  }

  /**
   * For another place, or to keep.
   *
   * @param settings what the store's memories are made with
   * @throws StoredMemoryException if there are no neurons to export
   */
  public MemoryFile export(StoredSettings settings) {
    MemoryState state = memory;
    if (state == null || state.size() == 0) {
      throw new StoredMemoryException(
          "there is nothing to export: the memory has no neurons (no frame of this person has been"
              + " seeded yet, or they were reset or forgotten)");
    }
    return new MemoryFile(
        modelVersion,
        seededFrames,
        settings.seedingFrames(),
        framesPerceived,
        settings.memory(),
        state,
        look.isEmpty() ? null : look);
  }

  /**
   * The memory's digest, 64 hex digits: equal exactly if two memories will answer and learn alike,
   * and take the same faces for strangers'.
   *
   * @throws IllegalStateException where only headers were asked for, or the rows are damaged
   */
  public String digest() {
    MemoryState state = memory;
    if (state == null) {
      throw new IllegalStateException("no neurons were read of " + person.shortHex());
    }
    byte[] digest = state.digest();
    return HexFormat.of().formatHex(look.isEmpty() ? digest : withLook(digest));
  }

  private byte[] withLook(byte[] digest) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(digest);
      return sha.digest(look.writeTo(ByteBuffer.allocate(look.bytes())).array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
