// Every method of skills and their versions, what an agent makes of them, and what its session reads.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { BadRequestError, ConflictError, NotFoundError, toFile } from '@anthropic-ai/sdk';
import { agents, all, bare, client, only, refused, say, scripted, sessions, turn } from './support.js';
import { misfits } from './shapes.js';

const { skills } = client.beta;
const unknown = 'skill_011CZkZAtmR3yMPDzynEDxu7';
const unknownVersion = 'skver_011CZkZAtmR3yMPDzynEDxu7';

let made = 0;
const fresh = () => `sdk-${Date.now().toString(36)}-${++made}`;
const main = (name, description = 'Counts.') => `---\nname: ${name}\ndescription: ${description}\n---\nCount to three.\n`;
const files = async (name, description) => [await toFile(Buffer.from(main(name, description)), `${name}/SKILL.md`), await toFile(Buffer.from('1 2 3\n'), `${name}/data/numbers.txt`)];
const create = async (name = fresh(), more = {}) => skills.create({ files: await files(name), ...more });
const read = (path) => ({ call: { tool: 'read', input: { file_path: path } } });
const toolset = { tools: [{ type: 'agent_toolset_20260401' }] };

describe('skills', () => {
  after(() => assert.deepEqual(misfits(), []));

  test('a skill goes the whole way', async () => {
    const name = fresh();
    const skill = await create(name, { display_name: 'Counting, for people' });

    assert.deepEqual([skill.type, skill.display_name, skill.source], ['skill', 'Counting, for people', { type: 'custom' }]);
    assert.deepEqual(bare(await skills.retrieve(skill.id)), bare(skill));
    assert.ok((await all(skills.list({ limit: 2 }))).some((s) => s.id === skill.id));
    assert.ok((await all(skills.list({ source: 'custom' }))).some((s) => s.id === skill.id));
    assert.deepEqual(await all(skills.list({ source: 'anthropic' })), []);
    assert.deepEqual(bare(await skills.delete(skill.id)), { id: skill.id, type: 'skill_deleted' });
    await refused(skills.retrieve(skill.id), NotFoundError, /no skill with the id/);
  });

  test('versions go the whole way', async () => {
    const name = fresh();
    const skill = await create(name);
    const second = await skills.versions.create(skill.id, { files: await files(name, 'Counts further.') });

    assert.deepEqual([second.type, second.skill_id, second.name, second.description], ['skill_version', skill.id, name, 'Counts further.']);
    assert.deepEqual(bare(await skills.versions.retrieve(second.id, { skill_id: skill.id })), bare(second));
    assert.deepEqual(bare(await skills.versions.retrieve('latest', { skill_id: skill.id })), bare(second));
    assert.deepEqual((await all(skills.versions.list(skill.id, { limit: 1 }))).map((v) => v.id), [second.id, skill.latest_version_id]);
    assert.equal((await skills.retrieve(skill.id)).latest_version_id, second.id);
    assert.deepEqual(bare(await skills.versions.delete(second.id, { skill_id: skill.id })), { id: second.id, type: 'skill_version_deleted' });
    assert.equal((await skills.retrieve(skill.id)).latest_version_id, skill.latest_version_id);
    await refused(skills.versions.delete(skill.latest_version_id, { skill_id: skill.id }), BadRequestError, /only version/);
  });

  test('a download is an archive that can be sent again', async () => {
    const name = fresh();
    const skill = await create(name);
    const response = await skills.versions.download('latest', { skill_id: skill.id });
    const bytes = Buffer.from(await response.arrayBuffer());

    assert.equal(response.headers.get('content-type'), 'application/zip');
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    const again = await skills.versions.create(skill.id, { files: [await toFile(bytes, `${name}.zip`)] });
    assert.deepEqual([again.name, again.description], [name, 'Counts.']);
  });

  test('what is wrong is named, and what is not there is not found', async () => {
    const name = fresh();
    const skill = await create(name);
    const taken = await refused(create(name), ConflictError, /already/);
    assert.equal(taken.error.error.details.error_code, 'skill_name_taken');

    const file = async (content, path = 'a/SKILL.md') => skills.create({ files: [await toFile(Buffer.from(content), path)] });
    await refused(file('no front matter'), BadRequestError, /files has a SKILL.md that does not begin with front matter/);
    await refused(file(main('Not A Slug')), BadRequestError, /lower-case letters/);
    await refused(file(main(fresh(), '<b>bold</b>')), BadRequestError, /XML tags/);
    await refused(file(main(fresh()), '../SKILL.md'), BadRequestError, /has \. or \.\. in it/);
    await refused(skills.versions.create(skill.id, { files: await files(fresh()) }), BadRequestError, new RegExp(`every version of this skill is called ${name}`));
    await refused(skills.versions.delete('latest', { skill_id: skill.id }), BadRequestError, /latest moves/);
    await refused(skills.list({ source: 'elsewhere' }), BadRequestError, /source must be/);
    const missing = [
      () => skills.retrieve(unknown), () => skills.delete(unknown), () => skills.retrieve('xlsx'), async () => skills.versions.create(unknown, { files: await files(fresh()) }), () => skills.versions.list(unknown),
      () => skills.versions.retrieve('latest', { skill_id: unknown }), () => skills.versions.retrieve(unknownVersion, { skill_id: skill.id }), () => skills.versions.delete(unknownVersion, { skill_id: skill.id }),
      () => skills.versions.download(unknownVersion, { skill_id: skill.id }),
    ];
    for (const call of missing) await refused(call(), NotFoundError);
  });
});

describe('agents with skills', () => {
  test('a version is put in place of the latest, and skills of the platform are refused', async () => {
    const skill = await create();
    const agent = await agents.create({ name: 'a', model: 'reverie/local', ...toolset, skills: [{ type: 'custom', skill_id: skill.id, version: 'latest' }] });

    assert.deepEqual(agent.skills, [{ type: 'custom', skill_id: skill.id, version: skill.latest_version_id }]);
    await refused(agents.create({ name: 'a', model: 'reverie/local', ...toolset, skills: [{ type: 'anthropic', skill_id: 'xlsx' }] }), BadRequestError, /skills\[0\].type must be custom/);
    await refused(agents.create({ name: 'a', model: 'reverie/local', ...toolset, skills: [{ type: 'custom', skill_id: unknown }] }), BadRequestError, /not in this workspace/);
    await refused(agents.create({ name: 'a', model: 'reverie/local', skills: [{ type: 'custom', skill_id: skill.id }] }), BadRequestError, /with read enabled/);
  });

  test('a session reads the skills of its agent, also after they were deleted', async () => {
    const name = fresh();
    const skill = await create(name);
    const session = await scripted([read(`/skills/${name}/data/numbers.txt`), { say: 'done' }], {}, { ...toolset, skills: [{ type: 'custom', skill_id: skill.id }] });
    await skills.delete(skill.id);

    const seen = await turn(session.id, [say('go')]);

    assert.match(only(seen, 'agent.tool_result')[0].content[0].text, /1 2 3/);
    assert.deepEqual((await sessions.retrieve(session.id)).agent.skills, [{ type: 'custom', skill_id: skill.id, version: skill.latest_version_id }]);
  });
});
