// A person's answers as a file: fetched with the token, which a plain link cannot carry.

/** @param from epoch milliseconds, or null for all that the topic holds */
export async function downloadCsv(api, name, from) {
  const query = new URLSearchParams({ person: name });
  if (from !== null) {
    query.set("from", Math.floor(from));
  }
  const file = await api.blob(`/v1/emotions.csv?${query}`, { millis: null });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${name.replace(/[^\p{L}\p{N}._-]+/gu, "-")}-emotions.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
