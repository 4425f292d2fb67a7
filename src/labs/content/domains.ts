import type { Certification } from '../format/lab.js';

/** A domain of an exam and its share of the points, in per cent. */
export interface Domain {
  readonly certification: Certification;
  readonly name: string;
  readonly weight: number;
}

const domains = (certification: Certification, weights: Readonly<Record<string, number>>): Domain[] =>
  Object.entries(weights).map(([name, weight]) => ({ certification, name, weight }));

/** The exams' domains as their public curricula list them. */
export const DOMAINS: readonly Domain[] = [
  ...domains('cka', {
    Troubleshooting: 30,
    'Cluster architecture, installation and configuration': 25,
    'Services and networking': 20,
    'Workloads and scheduling': 15,
    Storage: 10,
  }),
  ...domains('ckad', {
    'Application environment, configuration and security': 25,
    'Application design and build': 20,
    'Application deployment': 20,
    'Services and networking': 20,
    'Application observability and maintenance': 15,
  }),
  ...domains('cks', {
    'Minimize microservice vulnerabilities': 20,
    'Supply chain security': 20,
    'Monitoring, logging and runtime security': 20,
    'Cluster setup': 15,
    'Cluster hardening': 15,
    'System hardening': 10,
  }),
];
