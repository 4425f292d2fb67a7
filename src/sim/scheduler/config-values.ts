import { isJsonObject, type JsonObject } from '../api/object.js';

/** A --config file that cannot be used. */
export class ConfigError extends Error {}

/** Arguments of a plugin that are refused before any plugin is made; the message names the field in the file. */
export class ArgumentError extends ConfigError {}

/** The objects of a list in a file. */
export function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** An object of a file, or an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A text of a file, or none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A whole number of a file, or what is used without one. */
export function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
