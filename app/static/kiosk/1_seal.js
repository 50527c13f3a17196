// Seals an answer so that only the citizen side opens it: HPKE base mode (RFC 9180) with P-256, HKDF-SHA256, AES-256-GCM.
const subtle = crypto.subtle, KEM = 'KEM\0\x10', HPKE = 'HPKE\0\x10\0\x01\0\x02';
const utf8 = text => new TextEncoder().encode(text);
// A text stands for its bytes.
const joined = (...parts) => Uint8Array.from(parts.flatMap(part => [...part.big ? utf8(part) : new Uint8Array(part)]));
const unbase64 = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
const base64 = sealed => btoa(String.fromCharCode(...sealed));
const keyOf = (raw, algorithm, ...uses) => subtle.importKey('raw', raw, algorithm, false, uses);
// An empty salt is 32 zeros (RFC 5869); WebCrypto takes no empty key.
const hmac = async (key, ...parts) => subtle.sign(
  'HMAC', await keyOf(key || new Uint8Array(32), {name: 'HMAC', hash: 'SHA-256'}, 'sign'), joined(...parts));
const extract = (suite, salt, label, value) => hmac(salt, 'HPKE-v1', suite, label, value);
const expand = async (suite, secret, label, context, length) =>
  (await hmac(secret, [0, length], 'HPKE-v1', suite, label, context, '\x01')).slice(0, length);

const seal = async (theirs, info, plain) => {
  const curve = {name: 'ECDH', namedCurve: 'P-256'}, pair = await subtle.generateKey(curve, false, ['deriveBits']);
  const enc = await subtle.exportKey('raw', pair.publicKey);
  const shared = await subtle.deriveBits({name: 'ECDH', public: await keyOf(theirs, curve)}, pair.privateKey, 256);
  const secret = await expand(KEM, await extract(KEM, 0, 'eae_prk', shared), 'shared_secret', joined(enc, theirs), 32);
  const context = joined('\0', await extract(HPKE, 0, 'psk_id_hash', ''), await extract(HPKE, 0, 'info_hash', info));
  const prk = await extract(HPKE, secret, 'secret', '');
  const key = await keyOf(await expand(HPKE, prk, 'key', context, 32), 'AES-GCM', 'encrypt');
  const iv = await expand(HPKE, prk, 'base_nonce', context, 12);
  return joined(enc, await subtle.encrypt({name: 'AES-GCM', iv}, key, plain));
};

// Four bytes of length, the answer, and zeros up to the next 512, so that no box tells how much somebody wrote.
const padded = text => {
  const written = utf8(text), {length} = written;
  return joined([length >> 24, length >> 16, length >> 8, length], written, new Uint8Array(-length - 4 & 511));
};

// The browser's own random uuid; crypto.randomUUID is younger than many tablets.
const uuid = () => URL.createObjectURL(new Blob()).slice(-36);
