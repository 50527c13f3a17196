// Seals an answer so that only the citizen side opens it: HPKE base mode (RFC 9180) with P-256, HKDF-SHA256, AES-256-GCM.
const subtle = crypto.subtle, KEM = [75, 69, 77, 0, 16], HPKE = [72, 80, 75, 69, 0, 16, 0, 1, 0, 2];
const utf8 = text => new TextEncoder().encode(text);
const joined = (...parts) => Uint8Array.from([].concat(...parts.map(part => Array.from(part))));
const unbase64 = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
const base64 = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
const hmac = async (key, data) => new Uint8Array(await subtle.sign(
  'HMAC', await subtle.importKey('raw', key, {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']), data));
// An empty salt is 32 zeros (RFC 5869); WebCrypto takes no empty key.
const extract = (suite, salt, label, value) =>
  hmac(salt || new Uint8Array(32), joined(utf8('HPKE-v1'), suite, utf8(label), value));
const expand = async (suite, secret, label, context, length) =>
  (await hmac(secret, joined([0, length], utf8('HPKE-v1'), suite, utf8(label), context, [1]))).slice(0, length);

const seal = async (theirs, info, plain) => {
  const curve = {name: 'ECDH', namedCurve: 'P-256'}, pair = await subtle.generateKey(curve, false, ['deriveBits']);
  const enc = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
  const shared = new Uint8Array(await subtle.deriveBits(
    {name: 'ECDH', public: await subtle.importKey('raw', theirs, curve, false, [])}, pair.privateKey, 256));
  const secret = await expand(KEM, await extract(KEM, 0, 'eae_prk', shared), 'shared_secret', joined(enc, theirs), 32);
  const context = joined([0], await extract(HPKE, 0, 'psk_id_hash', []), await extract(HPKE, 0, 'info_hash', info));
  const prk = await extract(HPKE, secret, 'secret', []);
  const key = await subtle.importKey(
    'raw', await expand(HPKE, prk, 'key', context, 32), 'AES-GCM', false, ['encrypt']);
  const iv = await expand(HPKE, prk, 'base_nonce', context, 12);
  return joined(enc, new Uint8Array(await subtle.encrypt({name: 'AES-GCM', iv}, key, plain)));
};

// Four bytes of length, the answer, and zeros up to the next 512, so that no box tells how much somebody wrote.
const padded = text => {
  const said = utf8(text), plain = new Uint8Array(Math.ceil((said.length + 4) / 512) * 512);
  new DataView(plain.buffer).setUint32(0, said.length);
  plain.set(said, 4);
  return plain;
};

const uuid = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, digit =>
  (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));
