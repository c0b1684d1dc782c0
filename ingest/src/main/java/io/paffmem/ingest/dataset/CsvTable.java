package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A table of separated values (RFC 4180) whose first line names the columns. The text is UTF-8,
 * with or without a byte order mark, or UTF-16 with one. The separator is the comma, the semicolon
 * or the tab: the one by which the first line has the columns that are looked for. Fields may be
 * quoted; spaces around them do not count. Rows are read one after another, by one thread.
 */
final class CsvTable implements Closeable {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
  private static final int LONGEST_MARK_BYTES = 3;

  /** As spreadsheet programs write them. */
  private static final List<Mark> MARKS =
      List.of(
          new Mark(UTF_8, "\u00EF\u00BB\u00BF"),
          new Mark(UTF_16LE, "\u00FF\u00FE"),
          new Mark(UTF_16BE, "\u00FE\u00FF"));

  /** What a lenient decoder makes of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final Path file;
  private final CsvColumns columns;
  private final Layout layout;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private boolean atHeader;

  /**
   * How the rows of one table are read.
   *
   * @param places where each of the columns stands, by its index
   */
  private record Layout(CSVFormat format, int[] places) {}

  /**
   * A byte order mark.
   *
   * @param bytes a character each
   */
  private record Mark(Charset charset, String bytes) {}

  /** One row. */
  final class Row {
    private final CSVRecord record;
    private final long line;

    private Row(CSVRecord record, long line) {
      this.record = record;
      this.line = line;
    }

    /** The line on which it begins, from 1. */
    long line() {
      return line;
    }

    /** Whether it has all its fields; if not, the others may be misplaced. */
    boolean isWhole() {
      return columns.alone()
          ? record.size() == layout.places().length
          : IntStream.of(layout.places()).allMatch(place -> place < record.size());
    }

    /**
     * A field without the spaces around it.
     *
     * @param column one of the table's {@link CsvColumns}
     */
    String get(String column) {
      return record.get(layout.places()[columns.names().indexOf(column)]).trim();
    }
  }

  private CsvTable(Path file, CsvColumns columns, Layout layout, boolean header)
      throws IOException {
    this.file = file;
    this.columns = columns;
    this.layout = layout;
    this.atHeader = header;
    // A decoder of this kind refuses what is not UTF-8.
    this.parser =
        CSVParser.builder()
            .setReader(reader(file, CodingErrorAction.REPORT))
            .setFormat(layout.format())
            .get();
    this.records = parser.iterator();
  }

  /** The {@code .csv} files of a folder that have these columns, by name; none if it is none. */
  static List<Path> in(Path folder, CsvColumns columns) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> candidates;
    try (Stream<Path> files = Files.list(folder)) {
      candidates =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".csv"))
              .sorted()
              .toList();
    }
    List<Path> tables = new ArrayList<>();
    for (Path candidate : candidates) {
      if (named(firstLine(candidate), columns).isPresent()) {
        tables.add(candidate);
      }
    }
    return tables;
  }

  /**
   * Opens a table.
   *
   * @return empty if its first line does not name the columns
   */
  static Optional<CsvTable> open(Path file, CsvColumns columns) throws IOException {
    Optional<Layout> layout = named(firstLine(file), columns);
    return layout.isPresent()
        ? Optional.of(new CsvTable(file, columns, layout.get(), true))
        : Optional.empty();
  }

  /**
   * Opens a table that begins with a row: fields separated by commas, in the columns' own order.
   *
   * @return empty if its first line has not as many fields as there are columns
   */
  static Optional<CsvTable> openWithoutHeader(Path file, CsvColumns columns) throws IOException {
    CSVFormat format = format(',');
    int count = columns.names().size();
    if (fields(firstLine(file), format).size() != count) {
      return Optional.empty();
    }
    Layout layout = new Layout(format, IntStream.range(0, count).toArray());
    return Optional.of(new CsvTable(file, columns, layout, false));
  }

  /**
   * The next row that is not blank; null at the end.
   *
   * @throws DatasetException if the table is not UTF-8, or its quotation marks do not match
   */
  @Nullable Row next() throws IOException {
    while (true) {
      CSVRecord record = read();
      if (record == null) {
        return null;
      } else if (atHeader) {
        atHeader = false;
      } else if (record.size() > 1 || !record.get(0).isBlank()) {
        return new Row(record, parser.getCurrentLineNumber() - breaksIn(record));
      }
    }
  }

  /** How many lines a row has beyond its first, in quoted fields. */
  private static long breaksIn(CSVRecord record) {
    return record.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }

  private @Nullable CSVRecord read() throws IOException {
    long line = parser.getCurrentLineNumber() + 1;
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      if (cause instanceof CharacterCodingException) {
        throw new DatasetException(
            "%s cannot be read: line %d is not UTF-8 text; save it as UTF-8."
                .formatted(file, lineOfAnotherEncoding()),
            cause);
      } else if (cause instanceof CSVException) {
        throw new DatasetException(
            "%s cannot be read: the quotation marks from line %d on do not match."
                .formatted(file, line),
            cause);
      }
      throw cause;
    }
  }

  /** A decoder reads ahead, so its failure does not tell the line: it is looked for. */
  private int lineOfAnotherEncoding() throws IOException {
    try (BufferedReader text = lenient(file)) {
      int number = 1;
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (line.indexOf(REPLACEMENT) >= 0) {
          break;
        }
        number++;
      }
      return number;
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** How to read a table with that first line; empty if it does not name the columns. */
  private static Optional<Layout> named(String firstLine, CsvColumns columns) throws IOException {
    for (char separator : SEPARATORS) {
      CSVFormat format = format(separator);
      Optional<int[]> places = columns.placesIn(fields(firstLine, format));
      if (places.isPresent()) {
        return Optional.of(new Layout(format, places.get()));
      }
    }
    return Optional.empty();
  }

  private static CSVFormat format(char separator) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(separator)
        .setIgnoreSurroundingSpaces(true)
        .get();
  }

  /** The fields of one line; none if its quotation marks do not match. */
  private static List<String> fields(String line, CSVFormat format) throws IOException {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      return records.hasNext() ? records.next().stream().map(String::trim).toList() : List.of();
    } catch (UncheckedIOException e) {
      return List.of();
    }
  }

  /** Empty if there is none. Any file may be asked, whatever its encoding. */
  private static String firstLine(Path file) throws IOException {
    try (BufferedReader text = lenient(file)) {
      String line = text.readLine();
      return line == null ? "" : line;
    }
  }

  private static BufferedReader lenient(Path file) throws IOException {
    return new BufferedReader(reader(file, CodingErrorAction.REPLACE));
  }

  /**
   * The text behind the byte order mark, if there is one. Without it is UTF-8.
   *
   * @param unreadable what becomes of bytes that are no text
   */
  private static Reader reader(Path file, CodingErrorAction unreadable) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    Charset charset = UTF_8;
    int markBytes = 0;
    bytes.mark(LONGEST_MARK_BYTES);
    String head = new String(bytes.readNBytes(LONGEST_MARK_BYTES), ISO_8859_1);
    for (Mark mark : MARKS) {
      if (head.startsWith(mark.bytes())) {
        charset = mark.charset();
        markBytes = mark.bytes().length();
      }
    }
    bytes.reset();
    bytes.skipNBytes(markBytes);
    return new InputStreamReader(
        bytes, charset.newDecoder().onMalformedInput(unreadable).onUnmappableCharacter(unreadable));
  }
}
