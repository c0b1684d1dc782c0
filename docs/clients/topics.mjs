// Publishes faces of one person to the topics themselves and prints the events. Node 18 or newer, with
//   npm install kafkajs @kafkajs/confluent-schema-registry
//
//   node topics.mjs BROKERS REGISTRY PERSON FACE...
//
// KAFKA_USER and KAFKA_PASSWORD are for a broker that asks for SCRAM-SHA-256.
// A face is cut out already: the gateway finds faces in pictures, the topics take them as they are.
import { readFile } from "node:fs/promises";
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";
import kafkajs from "kafkajs";

const [brokers, registryAddress, person, ...files] = process.argv.slice(2);
const { KAFKA_USER: username, KAFKA_PASSWORD: password } = process.env;
const kafka = new kafkajs.Kafka({
  brokers: brokers.split(","),
  logLevel: kafkajs.logLevel.ERROR,
  sasl: username ? { mechanism: "scram-sha-256", username, password } : undefined,
});
const registry = new SchemaRegistry({ host: registryAddress });
const stream = `example-${Date.now()}`;

const consumer = kafka.consumer({ groupId: stream });
await consumer.connect();
await consumer.subscribe({ topic: "emotions", fromBeginning: true });
const answered = new Promise((resolve) => {
  let expected = files.length;
  consumer.run({
    eachMessage: async ({ message }) => {
      const event = await registry.decode(message.value);
      if (event.identity.streamId === stream) {
        const { arousal, valence } = event.affect;
        console.log(Number(event.identity.sequence), arousal.toFixed(2), valence.toFixed(2), event.source);
        if (--expected === 0) {
          resolve();
        }
      }
    },
  });
});

// paffmem finds a person's partition by murmur2, as Kafka's Java client does; so does this partitioner.
const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, idempotent: true });
await producer.connect();
const schema = await registry.getLatestSchemaId("frames-value");
for (const [sequence, file] of files.entries()) {
  const frame = {
    identity: { personId: person, streamId: stream, sequence },
    capturedAtMillis: Date.now(),
    image: await readFile(file),
  };
  await producer.send({
    topic: "frames",
    acks: -1,
    messages: [{ key: person, value: await registry.encode(schema, frame) }],
  });
}

await answered;
await producer.disconnect();
await consumer.disconnect();
process.exit(0);
