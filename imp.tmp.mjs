const t=performance.now()
const mods=['payload','@payloadcms/db-sqlite','@payloadcms/richtext-lexical','@payloadcms/db-mongodb','@react-email/components','sharp','@payloadcms/next/layouts','payload-sdk']
for(const m of mods){const a=performance.now();try{await import(m)}catch(e){console.log(m,String(e).slice(0,100))};console.log(m,Math.round(performance.now()-a))}
console.log('total',Math.round(performance.now()-t), process.cpuUsage())
