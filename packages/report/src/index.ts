export { renderReport, type ReportParts } from './render-report.ts';
