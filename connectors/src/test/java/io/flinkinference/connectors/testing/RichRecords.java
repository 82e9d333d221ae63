package io.flinkinference.connectors.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Records with all that Avro has, and that a schema can say. */
public final class RichRecords {

  /** All types, logical ones, names in several namespaces, and a type that holds itself. */
  public static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Order", "namespace": "shop", "doc": "An order.",
               "aliases": ["Purchase", "old.shop.Order"], "owner": {"team": "sales", "level": 1.0},
               "fields": [
                {"name": "id", "type": {"type": "string", "logicalType": "uuid"}, "doc": "Its id."},
                {"name": "price", "type": {"type": "bytes", "logicalType": "decimal",
                  "precision": 10, "scale": 2}, "currency": "EUR"},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"},
                  "order": "descending", "aliases": ["time"]},
                {"name": "flag", "type": "boolean", "default": true},
                {"name": "count", "type": "int", "default": 7},
                {"name": "weight", "type": "float", "order": "ignore"},
                {"name": "ratio", "type": "double", "default": 0.1},
                {"name": "hash", "type": {"type": "fixed", "name": "Md5", "namespace": "hashes",
                  "size": 16}},
                {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"],
                  "default": "A", "doc": "Which."}},
                {"name": "tags", "type": {"type": "array", "items": ["null", "string", "Kind"]}},
                {"name": "extra", "type": {"type": "map", "values": {"type": "record",
                  "name": "Extra", "fields": [{"name": "kind", "type": "Kind"},
                    {"name": "md5", "type": ["null", "hashes.Md5"], "default": null}]}}},
                {"name": "category", "type": {"type": "record", "name": "Category",
                  "namespace": "shop.tree", "fields": [{"name": "name", "type": "string"},
                    {"name": "parent", "type": ["null", "Category"], "default": null}]}},
                {"name": "review", "type": ["null", {"type": "record", "name": "Review", "fields": [
                  {"name": "body", "type": ["null", "string"]}]}], "default": null}]}
              """);

  private RichRecords() {}

  /** One with made-up contents; its review has a text. */
  public static GenericRecord random(Random random) {
    return new GenericRecordBuilder(SCHEMA)
        .set("id", "id-" + random.nextLong())
        .set("price", ByteBuffer.wrap(bytes(random, 1 + random.nextInt(8))))
        .set("at", random.nextLong())
        .set("flag", random.nextBoolean())
        .set("count", random.nextInt())
        .set("weight", random.nextFloat())
        .set("ratio", random.nextGaussian())
        .set("hash", new GenericData.Fixed(named("hash"), bytes(random, 16)))
        .set("kind", kind(random))
        .set("tags", tags(random))
        .set("extra", extras(random))
        .set("category", category(random, random.nextInt(5)))
        .set("review", review("Größe " + random.nextInt(1_000)))
        .build();
  }

  private static GenericRecord review(String body) {
    Schema review = named("review").getTypes().get(1);
    return new GenericRecordBuilder(review).set("body", body).build();
  }

  private static Schema named(String field) {
    return SCHEMA.getField(field).schema();
  }

  private static Object kind(Random random) {
    return new GenericData.EnumSymbol(named("kind"), random.nextBoolean() ? "A" : "B");
  }

  private static List<Object> tags(Random random) {
    List<Object> tags = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.add(
          switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> "tag " + i;
            default -> kind(random);
          });
    }
    return tags;
  }

  private static Map<String, GenericRecord> extras(Random random) {
    Schema extra = named("extra").getValueType();
    Map<String, GenericRecord> extras = new HashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      GenericData.Fixed md5 = new GenericData.Fixed(named("hash"), bytes(random, 16));
      extras.put(
          "extra" + i,
          new GenericRecordBuilder(extra)
              .set("kind", kind(random))
              .set("md5", random.nextBoolean() ? null : md5)
              .build());
    }
    return extras;
  }

  private static GenericRecord category(Random random, int deep) {
    return new GenericRecordBuilder(named("category"))
        .set("name", "category " + random.nextInt())
        .set("parent", deep == 0 ? null : category(random, deep - 1))
        .build();
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
