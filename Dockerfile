# One image for both processes: `npm start` serves (WORKER=off here: compose runs the worker beside it).
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && rm -rf .next/cache

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
# A container has an address of its own, which its ports are published from.
ENV HOST=0.0.0.0
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /app/.next ./.next
COPY --from=build /app/.programs ./.programs
COPY . .
RUN mkdir -p data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 3000
# Not by npm, which would not pass on the signal to stop.
CMD ["node", "--conditions=production", "--enable-source-maps", "src/cli/run.mjs", "src/cli/start.ts"]
