// libcloudauth by foreign function interface, as examples/node declares it: one client, and a queue whose outcomes go to the
// promises that wait for them.
import koffi from 'koffi';
import { c, make, outcomes, run } from './cloudauth.mjs';

export function open(endpoint, kib, caFile, inFlight) {
  const config = c.config_new();
  c.config_set_endpoint(config, endpoint);
  c.config_set_access_key_id(config, 'bench-key-id');
  c.config_set_access_key_secret(config, 'bench-key-secret');
  c.config_set_ca_file(config, caFile ?? null);
  // A call in flight needs a connection of its own; 64 are the default.
  c.config_set_max_connections(config, Math.max(64, inFlight));
  const client = make(c.client_new, config);
  const queue = make(c.queue_new);
  const request = c.request_new('bench', kib);
  c.request_set_return_image(request, kib !== '0');
  const waiting = new Map();
  let last = 0;
  settle(queue, waiting);
  process.on('exit', () => c.queue_free(queue));
  return () => new Promise((resolve, reject) => {
    run(c.queue_check_result, queue, client, request, ++last, null);
    waiting.set(last, { resolve, reject });
  });
}

async function settle(queue, waiting) {
  for await (const { id, error, result } of outcomes(queue)) {
    const { resolve, reject } = waiting.get(Number(id));
    waiting.delete(Number(id));
    if (error) reject(error);
    else resolve(parts(result));
  }
}

/** What the program wants of a result, which is freed. */
function parts(result) {
  const face = koffi.decode(c.result_face(result), 'cloudauth_face');
  const page = koffi.decode(c.result_page(result, '01'), 'cloudauth_page');
  const identity = koffi.decode(page.identity, 'cloudauth_identity');
  const pictures = [face.image, page.image].filter(Boolean).map((image) => {
    const { data, len } = koffi.decode(image, 'cloudauth_image');
    return Buffer.from(koffi.view(data, Number(len)).slice(0));
  });
  const outcome = {
    passed: c.result_passed(result),
    score: koffi.decode(face.comparison_score, 'double'),
    surname: koffi.decode(identity.surname, 'cloudauth_text').data,
    pictures,
  };
  c.result_free(result);
  return outcome;
}
