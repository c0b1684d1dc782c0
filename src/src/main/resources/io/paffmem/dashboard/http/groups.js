// Who stands together: NAME/1, NAME/2, ... are the people of one stream, NAME.

// As numbers are given: from 1 on, without zeros before them.
const TRACK = /^(.+)\/([1-9]\d*)$/s;

/** Those of whom there are several under one name. */
export class Groups {
  #byMember = new Map();

  /** @param names of everyone */
  constructor(names) {
    const groups = new Map();
    for (const member of names) {
      const [, name, number] = TRACK.exec(member) ?? [];
      if (name !== undefined) {
        const group = groups.get(name) ?? { name, members: [] };
        groups.set(name, group);
        group.members.push({ name: member, number: Number(number) });
      }
    }
    for (const group of groups.values()) {
      // A number alone may be part of a name.
      if (group.members.length > 1) {
        group.members.sort((one, other) => one.number - other.number);
        group.members.forEach(({ name }) => this.#byMember.set(name, group));
      }
    }
  }

  /** The group of somebody: its `name`, and its `members` by their numbers; undefined for who stands alone. */
  of(member) {
    return this.#byMember.get(member);
  }
}
