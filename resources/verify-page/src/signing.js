// ES256 and SHA-256: the browser's own where it has them, else written out.
import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { joined, toHex } from "./bytes.js";

const HALF_ORDER = (p256.Point.CURVE().n - 1n) / 2n;
const known = new Map();

export { sha256 };

/** Whether the point (64 bytes) signed the message; s in the lower half of the order alone. */
export async function signed(point, signature, message) {
  if (point.length !== 64 || signature.length !== 64) return false;
  if (BigInt(`0x${toHex(signature.subarray(32))}`) > HALF_ORDER) return false;
  const subtle = globalThis.crypto && globalThis.crypto.subtle;
  try {
    if (!subtle) return p256.verify(signature, message, joined(Uint8Array.of(4), point));
    const way = { name: "ECDSA", hash: "SHA-256" };
    return await subtle.verify(way, await imported(subtle, point), signature, message);
  } catch (_fault) {
    // No point of the curve, or no number of the order: nobody's signature.
    return false;
  }
}

function imported(subtle, point) {
  const name = toHex(point);
  if (!known.has(name)) {
    const way = { name: "ECDSA", namedCurve: "P-256" };
    const raw = joined(Uint8Array.of(4), point);
    known.set(name, subtle.importKey("raw", raw, way, false, ["verify"]));
  }
  return known.get(name);
}

/** The first four bytes of SHA-256 over the compressed point, in hex. */
export function keyId(point) {
  const compressed = joined(Uint8Array.of(2 + (point[63] & 1)), point.subarray(0, 32));
  return toHex(sha256(compressed).subarray(0, 4));
}
