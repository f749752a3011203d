import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks MongoDB's protocol on a free port of 127.0.0.1, which it prints; ends when its standard input does. */
public class MongoTestServer {
  public static void main(String[] args) throws Exception {
    MongoServer server = new MongoServer(new IndexedBackend().version(ServerVersion.MONGO_5_0));
    server.bind("127.0.0.1", 0);
    System.out.println(server.getLocalAddress().getPort());
    while (System.in.read() >= 0) {}
    server.shutdownNow();
    System.exit(0);
  }
}

/**
 * The memory backend reads a whole collection unless a query names exactly the keys of a unique index. MongoDB does not,
 * and what is tested here is written for MongoDB: so that this one uses its indexes as well. An index only proposes
 * documents; each is still compared with the query.
 */
class IndexedBackend extends MemoryBackend {
  @Override
  public MemoryDatabase openOrCreateDatabase(String name) {
    return new IndexedDatabase(name, getCursorRegistry());
  }
}

class IndexedDatabase extends MemoryDatabase {
  /** By collection; made on first use, which is within the constructor of the class above. */
  private Map<String, List<Proposing>> proposing;

  IndexedDatabase(String name, CursorRegistry cursors) {
    super(name, cursors);
  }

  @Override
  protected Index<Integer> openOrCreateUniqueIndex(
      String collection, String name, List<IndexKey> keys, boolean isSparse) {
    WholeKeyIndex index = new WholeKeyIndex(name, keys, isSparse, of(collection));
    of(collection).add(index);
    return index;
  }

  @Override
  protected Index<Integer> openOrCreateSecondaryIndex(
      String collection, String name, List<IndexKey> keys, boolean isSparse) {
    OrderedIndex index = new OrderedIndex(name, keys, isSparse, of(collection));
    of(collection).add(index);
    return index;
  }

  private synchronized List<Proposing> of(String collection) {
    if (proposing == null) proposing = new HashMap<>();
    return proposing.computeIfAbsent(collection, name -> new CopyOnWriteArrayList<>());
  }
}

/** One of a collection's indexes, of which the one serves that narrows a query down the most. */
interface Proposing {
  /** How much of a query it covers; 0: nothing. */
  int coverage(Document query);

  static boolean isBest(Proposing index, Document query, List<Proposing> all) {
    int own = index.coverage(query);
    if (own == 0) return false;
    boolean isAfter = false;
    for (Proposing other : all) {
      if (other == index) isAfter = true;
      else if (isAfter ? other.coverage(query) > own : other.coverage(query) >= own) return false;
    }
    return true;
  }
}

/** A unique index: serves where a query names all of its keys, whatever else it asks for. */
class WholeKeyIndex extends MemoryUniqueIndex implements Proposing {
  private final List<Proposing> all;

  WholeKeyIndex(String name, List<IndexKey> keys, boolean isSparse, List<Proposing> all) {
    super(name, keys, isSparse);
    this.all = all;
  }

  @Override
  public int coverage(Document query) {
    for (String key : keys()) {
      List<Object> values = Condition.on(query, key).values;
      if (values == null || values.contains(null)) return 0;
    }
    return 1_000;
  }

  @Override
  public synchronized boolean canHandle(Document query) {
    return Proposing.isBest(this, query, all);
  }

  @Override
  public synchronized Iterable<Integer> getPositions(Document query) {
    Set<Integer> positions = new LinkedHashSet<>();
    for (List<Object> key : Condition.combine(query, keys())) {
      Integer position = getPosition(new KeyValue(key).normalized());
      if (position != null) positions.add(position);
    }
    return positions;
  }

  @Override
  public void drop() {
    all.remove(this);
    super.drop();
  }
}

/** Any other index: serves where a query names its first keys, and perhaps a range of the next one. */
class OrderedIndex extends Index<Integer> implements Proposing {
  private final TreeSet<Entry> entries = new TreeSet<>(Entry.ORDER);
  private final List<Proposing> all;

  OrderedIndex(String name, List<IndexKey> keys, boolean isSparse, List<Proposing> all) {
    super(name, keys, isSparse);
    this.all = all;
  }

  @Override
  public int coverage(Document query) {
    int named = namedKeys(query).size();
    boolean hasRange = named < keys().size() && Condition.on(query, keys().get(named)).hasRange();
    return 2 * named + (hasRange ? 1 : 0);
  }

  @Override
  public synchronized boolean canHandle(Document query) {
    return Proposing.isBest(this, query, all);
  }

  @Override
  public synchronized Iterable<Integer> getPositions(Document query) {
    List<String> named = namedKeys(query);
    Condition next =
        named.size() < keys().size()
            ? Condition.on(query, keys().get(named.size()))
            : Condition.NOTHING;
    Set<Integer> positions = new LinkedHashSet<>();
    for (List<Object> prefix : Condition.combine(query, named))
      for (Entry entry : entries.subSet(next.from(prefix), next.to(prefix))) positions.add(entry.position());
    return positions;
  }

  /** The first keys for which the query names values. */
  private List<String> namedKeys(Document query) {
    List<String> named = new ArrayList<>();
    for (String key : keys()) {
      if (Condition.on(query, key).values == null) break;
      named.add(key);
    }
    return named;
  }

  private List<Entry> entriesOf(Document document, Integer position) {
    List<Entry> found = new ArrayList<>();
    for (KeyValue key : getKeyValues(document)) {
      List<Object> values = new ArrayList<>(key.size());
      for (Object value : key) values.add(Entry.plain(value));
      found.add(new Entry(values, 0, document.get("_id"), position));
    }
    return found;
  }

  @Override
  public synchronized void add(Document document, Integer position, MongoCollection<Integer> collection) {
    entries.addAll(entriesOf(document, position));
  }

  @Override
  public synchronized Integer remove(Document document) {
    Integer position = null;
    for (Entry entry : entriesOf(document, null)) {
      Entry found = entries.floor(entry);
      if (found == null || Entry.ORDER.compare(found, entry) != 0) continue;
      position = found.position();
      entries.remove(found);
    }
    return position;
  }

  @Override
  public synchronized void updateInPlace(
      Document before, Document after, Integer position, MongoCollection<Integer> collection) {
    // Not removeAll, which may compare by equals.
    for (Entry entry : entriesOf(before, null)) entries.remove(entry);
    entries.addAll(entriesOf(after, position));
  }

  @Override
  public Integer getPosition(Document document) {
    return null;
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Integer> collection) {}

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<Integer> collection) {}

  @Override
  public synchronized long getCount() {
    return entries.size();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  @Override
  public void drop() {
    all.remove(this);
    entries.clear();
  }
}

/** A place in the order of an index; one with fewer keys is the edge of all that begin like it. */
record Entry(List<Object> keys, int edge, Object id, Integer position) {
  private static final Comparator<Object> VALUES = ValueComparator.ascWithoutListHandling();

  static final Comparator<Entry> ORDER =
      (a, b) -> {
        int shared = Math.min(a.keys.size(), b.keys.size());
        for (int i = 0; i < shared; i++) {
          int order = VALUES.compare(a.keys.get(i), b.keys.get(i));
          if (order != 0) return order;
        }
        if (a.edge != b.edge) return Integer.compare(a.edge, b.edge);
        return a.edge != 0 ? 0 : VALUES.compare(a.id, b.id);
      };

  static Object plain(Object value) {
    return value instanceof Missing ? null : value;
  }
}

/** What a query asks of one field, as far as an index can serve it. */
class Condition {
  static final Condition NOTHING = new Condition(null, null);

  /** One of these, or null where it does not say which. */
  final List<Object> values;
  private final Document range;

  private Condition(List<Object> values, Document range) {
    this.values = values;
    this.range = range;
  }

  static Condition on(Document query, String field) {
    if (!query.containsKey(field)) return NOTHING;
    Object asked = query.get(field);
    if (!(asked instanceof Document operators) || !isOperators(operators))
      return isPlain(asked) ? new Condition(listOf(asked), null) : NOTHING;
    if (operators.get("$in") instanceof Collection<?> in)
      return in.stream().allMatch(Condition::isPlain) ? new Condition(new ArrayList<>(in), null) : NOTHING;
    if (operators.containsKey("$eq") && isPlain(operators.get("$eq")))
      return new Condition(listOf(operators.get("$eq")), null);
    return new Condition(null, operators);
  }

  boolean hasRange() {
    return range != null
        && (range.containsKey("$gt") || range.containsKey("$gte") || range.containsKey("$lt") || range.containsKey("$lte"));
  }

  Entry from(List<Object> prefix) {
    if (range != null && range.containsKey("$gt")) return edge(prefix, range.get("$gt"), 1);
    if (range != null && range.containsKey("$gte")) return edge(prefix, range.get("$gte"), -1);
    return new Entry(prefix, -1, null, null);
  }

  Entry to(List<Object> prefix) {
    if (range != null && range.containsKey("$lt")) return edge(prefix, range.get("$lt"), -1);
    if (range != null && range.containsKey("$lte")) return edge(prefix, range.get("$lte"), 1);
    return new Entry(prefix, 1, null, null);
  }

  private static Entry edge(List<Object> prefix, Object value, int edge) {
    List<Object> keys = new ArrayList<>(prefix);
    keys.add(value);
    return new Entry(keys, edge, null, null);
  }

  /** Each list of values that the fields may have together. */
  static List<List<Object>> combine(Document query, List<String> fields) {
    List<List<Object>> combined = List.of(List.of());
    for (String field : fields) {
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> before : combined)
        for (Object value : on(query, field).values) {
          List<Object> keys = new ArrayList<>(before);
          keys.add(Entry.plain(value));
          longer.add(keys);
        }
      combined = longer;
    }
    return combined;
  }

  private static List<Object> listOf(Object value) {
    List<Object> list = new ArrayList<>();
    list.add(value);
    return list;
  }

  private static boolean isOperators(Document document) {
    return document.keySet().stream().anyMatch(key -> key.startsWith("$"));
  }

  private static boolean isPlain(Object value) {
    return !(value instanceof Collection) && !(value instanceof Document) && !(value instanceof BsonRegularExpression);
  }
}
