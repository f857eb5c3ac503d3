export { classifyChannel } from './classify/channel.ts'
export { findUnknownKeys, type UnknownKey } from './request/unknown-keys.ts'
