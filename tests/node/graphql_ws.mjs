// npm graphql-ws against the shop: one subscription's first event, a query, a refusal; then how a bad token ends.
import { createClient } from "graphql-ws";

const [url, pickupPointId] = process.argv.slice(2);

function first(client, payload) {
  return new Promise((resolve) => {
    const stop = client.subscribe(payload, {
      next: (answer) => {
        resolve(answer);
        stop();
      },
      error: (error) => resolve(Array.isArray(error) ? { errors: error } : { code: error.code, reason: error.reason }),
      complete: () => {},
    });
  });
}

const client = createClient({ url, lazy: true, retryAttempts: 0 });
const subscription = `subscription ($id: ID!) { slotAvailability(pickupPointId: $id) { isComplete slots { id } } }`;
const watched = await first(client, { query: subscription, variables: { id: pickupPointId } });
const asked = await first(client, { query: "{ categories { id } }" });
const refused = await first(client, { query: subscription, variables: { id: "nonsense" } });
await client.dispose();

const stranger = createClient({ url, retryAttempts: 0, connectionParams: { authorization: "Bearer nonsense" } });
const closed = await first(stranger, { query: "{ categories { id } }" });

console.log(JSON.stringify({ watched, asked, refused, closed }));
