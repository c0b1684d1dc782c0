package io.paffmem.topology.person;

import io.paffmem.schemas.PersonHash;
import java.util.List;

/** Where it is kept who has waiting frames, so that nobody else need be read to find them. */
public interface WaitingIndex {
  void put(PersonHash person);

  void delete(PersonHash person);

  /** Everybody with waiting frames. */
  List<PersonHash> persons();
}
