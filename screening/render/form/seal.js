"use strict";
// HPKE (RFC 9180), base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; one message.

const CURVE = {name: "ECDH", namedCurve: "P-256"};
const KEM = [0, 0x10];
const IN_KEM = [...latin("KEM"), ...KEM];
const IN_ALL = [...latin("HPKE"), ...KEM, 0, 1, 0, 2];
const KEY = 32, NONCE = 12;

function latin(text) {
  return [...text].map(one => one.charCodeAt(0));
}

async function mac(key, said) {
  const how = {name: "HMAC", hash: "SHA-256"};
  const made = await crypto.subtle.importKey("raw", new Uint8Array(key), how, false, ["sign"]);
  return [...new Uint8Array(await crypto.subtle.sign("HMAC", made, new Uint8Array(said)))];
}

// A salt of nothing is one of zeros (RFC 5869, 2.2); some browsers take no empty key.
function extracted(suite, salt, label, ikm) {
  const key = salt.length ? salt : new Array(KEY).fill(0);
  return mac(key, [...latin("HPKE-v1"), ...suite, ...latin(label), ...ikm]);
}

async function expanded(suite, prk, label, info, length) {
  const said = [0, length, ...latin("HPKE-v1"), ...suite, ...latin(label), ...info, 1];
  return (await mac(prk, said)).slice(0, length);
}

async function sealed(pair, point, info, plain, bound = []) {
  const other = await crypto.subtle.importKey("raw", new Uint8Array(point), CURVE, true, []);
  const how = {name: "ECDH", public: other};
  const shared = [...new Uint8Array(await crypto.subtle.deriveBits(how, pair.privateKey, 256))];
  const enc = [...new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey))];
  const prk = await extracted(IN_KEM, [], "eae_prk", shared);
  const secret = await expanded(IN_KEM, prk, "shared_secret", [...enc, ...point], KEY);
  const hashes = [
    ...await extracted(IN_ALL, [], "psk_id_hash", []),
    ...await extracted(IN_ALL, [], "info_hash", info),
  ];
  const context = [0, ...hashes];
  const start = await extracted(IN_ALL, secret, "secret", []);
  const key = await expanded(IN_ALL, start, "key", context, KEY);
  const nonce = await expanded(IN_ALL, start, "base_nonce", context, NONCE);
  const gcm = {
    name: "AES-GCM", iv: new Uint8Array(nonce), additionalData: new Uint8Array(bound),
  };
  const held = await crypto.subtle.importKey(
    "raw", new Uint8Array(key), "AES-GCM", false, ["encrypt"]);
  const text = await crypto.subtle.encrypt(gcm, held, new Uint8Array(plain));
  return {enc, sealed: [...new Uint8Array(text)]};
}

function newPair() {
  return crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
}
