export { findUnknownKeys, type UnknownKey } from './request/unknown-keys.ts'
