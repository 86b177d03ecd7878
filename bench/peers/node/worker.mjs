// A client that the driver measures: worker.mjs CLIENT ENDPOINT KIB IN_FLIGHT [CA_FILE], as bench/peers/worker.py describes.
// CLIENT is a module, whose `open` gives the function that calls.
import { createInterface } from 'node:readline';

const [module, endpoint, kib, inFlight, caFile] = process.argv.slice(2);
const images = kib === '0' ? [] : Array(2).fill(Number(kib) * 1024 / 4 * 3);

/** A wrong result is no result: nobody is to be fast by doing less. */
function expect({ passed, score, surname, pictures }) {
  const lengths = pictures.map((picture) => (picture.subarray(0, 3).toString('hex') === 'ffd8ff' ? picture.length : -1));
  if (!passed || score !== 99.12 || surname !== 'SPECIMEN' || String(lengths) !== String(images)) {
    throw new Error('the result is not what the server sent');
  }
}

/** Calls, so many at once, until the time is over, at least once each. */
async function some(check, seconds) {
  let calls = 0;
  const until = performance.now() + seconds * 1000;
  await Promise.all(Array.from({ length: Number(inFlight) }, async () => {
    do {
      expect(await check());
      calls++;
    } while (performance.now() < until);
  }));
  return calls;
}

const { open } = await import(module);
const check = await open(endpoint, kib, caFile, Number(inFlight));
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const began = performance.now();
  let calls = 1;
  if (line === 'call') expect(await check());
  else calls = await some(check, Number(line));
  console.log(JSON.stringify({ calls, seconds: (performance.now() - began) / 1000 }));
}
process.exit(0);
