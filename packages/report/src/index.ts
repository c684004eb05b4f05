export { renderCard } from './card/render-card.ts';
export { renderReport, type ReportParts } from './render-report.ts';
